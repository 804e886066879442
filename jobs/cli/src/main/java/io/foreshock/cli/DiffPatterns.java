package io.foreshock.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.model.PatternDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock patterns diff}. */
@Command(
    name = "diff",
    description = {
      "Says how pattern files differ from what is published; exit code 1 when they do.",
      ""
    },
    mixinStandardHelpOptions = true)
final class DiffPatterns implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PatternTopicOptions topic;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders of YAML.")
  private List<Path> files;

  @Option(
      names = "--channels",
      paramLabel = "FILE",
      description = "Channels beside those of the catalogue.")
  private List<Path> channels;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the differences here.")
  private Path json;

  @Override
  public Integer call() {
    List<PatternDocument> documents = PatternDocuments.read(files, channels, topic.tenant());
    Map<String, PatternDocument> published = topic.open().documents();
    PrintWriter out = spec.commandLine().getOut();
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    boolean differs = false;
    for (PatternDocument document : documents) {
      PatternDocument before = published.get(document.key());
      List<String> lines = new ArrayList<>();
      String word = "same";
      if (before == null) {
        word = "not published";
      } else if (!before.yaml().equals(document.yaml())) {
        word = before.version() == document.version() ? "changed, same version" : "changed";
        lines = difference(before.yaml().lines().toList(), document.yaml().lines().toList());
      }
      differs |= !word.equals("same");
      out.printf(
          "%s: %s%s%n",
          document.key(),
          word,
          before == null
              ? ""
              : " (published v%d%s, file v%d)"
                  .formatted(
                      before.version(), before.paused() ? " paused" : "", document.version()));
      lines.forEach(line -> out.println("  " + line));
      ObjectNode node = all.addObject();
      node.put("key", document.key()).put("difference", word).put("file", document.version());
      node.put("published", before == null ? 0 : before.version());
      lines.forEach(node.putArray("lines")::add);
    }
    out.flush();
    if (json != null) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.set("patterns", all);
      JsonFile.write(json, root);
    }
    return differs ? 1 : 0;
  }

  /** Lines that went ({@code -}) and came ({@code +}), in order: longest common subsequence. */
  static List<String> difference(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + before.get(i++));
      } else {
        lines.add("+ " + after.get(j++));
      }
    }
    return lines;
  }
}
