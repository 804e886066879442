package io.foreshock.cli.features;

import io.foreshock.cli.CliFailure;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock features schema}. */
@Command(
    name = "schema",
    description = {
      "Writes the Avro schema of each feature set, with unit and description of every field.",
      ""
    },
    mixinStandardHelpOptions = true)
final class WriteSchemas implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FeatureFiles files;

  @Option(
      names = "--set",
      paramLabel = "NAME",
      description = "Only this feature set; may be given several times.")
  private List<String> names;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for <set>-v<version>.avsc, beside those of older versions; without it they are printed.")
  private Path folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<FeatureSet> sets = files.sets();
    List<String> known = sets.stream().map(FeatureSet::name).toList();
    if (names != null && !known.containsAll(names)) {
      throw CliFailure.wrongInput(
          "There is no feature set %s, only %s."
              .formatted(
                  String.join(", ", names.stream().filter(name -> !known.contains(name)).toList()),
                  String.join(", ", known)));
    }
    for (FeatureSet set : sets) {
      if (names == null || names.contains(set.name())) {
        String text = FeatureSchema.of(set).toString(true);
        if (folder == null) {
          out.println(text);
        } else {
          out.println(write(folder, set, text));
        }
      }
    }
    out.flush();
    return 0;
  }

  /** Writes a schema and returns the file. */
  static Path write(Path folder, FeatureSet set, String text) {
    Path file = folder.resolve("%s-v%d.avsc".formatted(set.name(), set.version()));
    try {
      Files.createDirectories(folder);
      return Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw CliFailure.failed("Cannot write " + file + ": " + e, e);
    }
  }
}
