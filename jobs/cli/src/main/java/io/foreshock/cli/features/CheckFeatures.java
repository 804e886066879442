package io.foreshock.cli.features;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.JsonFile;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.avro.SchemaChange;
import io.foreshock.operators.features.avro.SchemaChanges;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.operators.features.definition.ParsedFeatureSets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock features check}. */
@Command(
    name = "check",
    description = {
      "Checks feature sets as a job does before it runs them, and names everything that is wrong, by file and line. Against"
          + " older versions it says what a change breaks, and for whom; exit code 1 when it breaks something, 2 when a set"
          + " is wrong.",
      ""
    },
    mixinStandardHelpOptions = true)
final class CheckFeatures implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FeatureFiles files;

  @Option(
      names = "--against",
      paramLabel = "OLD",
      description =
          "Versions that are in use: .avsc files that were published, or YAML; a file or a folder.")
  private Path against;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the findings here.")
  private Path json;

  private final ObjectNode report = JsonNodeFactory.instance.objectNode();
  private int problems;
  private int breaks;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Map<String, ParsedFeatureSets> read = files.read();
    ArrayNode wrong = report.putArray("problems");
    Map<String, FeatureSet> sets = new TreeMap<>();
    read.forEach(
        (file, parsed) -> {
          for (Problem problem : parsed.problems()) {
            err.println(problem);
            wrong
                .addObject()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("text", problem.text());
          }
          problems += parsed.problems().size();
          parsed.sets().forEach(set -> sets.put(set.name(), set));
          if (parsed.problems().isEmpty()) {
            int features = parsed.sets().stream().mapToInt(set -> set.columns().size()).sum();
            out.println(
                "%s: %s, %s, no problem"
                    .formatted(
                        file,
                        count(parsed.sets().size(), "feature set"),
                        count(features, "feature")));
          }
        });
    if (against != null && problems == 0) {
      compare(sets, OldSchemas.read(against, files.channels()), out);
    }
    out.flush();
    if (problems > 0) {
      err.println(count(problems, "problem") + ".");
    }
    report.put("breaks", breaks);
    if (json != null) {
      JsonFile.write(json, report);
    }
    return problems > 0 ? 2 : breaks > 0 ? 1 : 0;
  }

  private void compare(Map<String, FeatureSet> sets, Map<String, Schema> old, PrintWriter out) {
    ArrayNode all = report.putArray("sets");
    sets.forEach(
        (name, set) -> {
          ObjectNode node = all.addObject().put("set", name).put("version", set.version());
          Schema before = old.get(name);
          if (before == null) {
            out.println(name + ": new");
            node.put("new", true);
          } else {
            report(name, SchemaChanges.between(before, FeatureSchema.of(set)), node, out);
          }
        });
    old.keySet().stream()
        .filter(name -> !sets.containsKey(name))
        .forEach(name -> out.println(name + ": not among the new ones, so not compared"));
    if (breaks > 0) {
      out.println(count(breaks, "change") + " would break somebody.");
    }
  }

  private void report(String name, List<SchemaChange> changes, ObjectNode node, PrintWriter out) {
    out.println(name + (changes.isEmpty() ? ": same" : ":"));
    ArrayNode list = node.putArray("changes");
    for (SchemaChange change : changes) {
      String kind = change.kind().name().toLowerCase(Locale.ROOT);
      out.println(
          "  %-10s  %s%s"
              .formatted(
                  kind, change.field().isEmpty() ? "" : change.field() + " ", change.text()));
      list.addObject().put("kind", kind).put("field", change.field()).put("text", change.text());
      breaks += change.kind() == SchemaChange.Kind.BREAKS ? 1 : 0;
    }
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
