package io.foreshock.cli.features;

import io.foreshock.cli.CliFailure;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock features feast}. */
@Command(
    name = "feast",
    description = {
      "Writes a Feast repository for one tenant: an entity, a feature view with push source for each feature set, and"
          + " scripts that fill it from a backfill and from Kafka.",
      ""
    },
    mixinStandardHelpOptions = true)
final class WriteFeastRepository implements Callable<Integer> {
  private static final List<String> SCRIPTS =
      List.of("foreshock_rows.py", "training_set.py", "prepare.py", "push.py");

  @Spec private CommandSpec spec;
  @Mixin private FeatureFiles files;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the repository; files of the same names are replaced.")
  private Path folder;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "acme",
      description = "Tenant whose topics are read; part of the project's name. Default: acme.")
  private String tenant;

  @Override
  public Integer call() {
    List<FeatureSet> sets = files.sets();
    FeastDefinitions definitions = new FeastDefinitions(tenant, sets);
    PrintWriter out = spec.commandLine().getOut();
    try {
      Files.createDirectories(folder.resolve("data"));
      write("feature_store.yaml", definitions.store());
      write("features.py", definitions.features());
      // `feast apply` runs every Python file of its folder that is not named here.
      write(".feastignore", String.join("\n", SCRIPTS) + "\n");
      for (String script : SCRIPTS) {
        write(script, resource(script));
      }
      for (FeatureSet set : sets) {
        WriteSchemas.write(folder.resolve("schemas"), set, FeatureSchema.of(set).toString(true));
      }
    } catch (IOException e) {
      throw CliFailure.failed("Cannot write to " + folder + ": " + e, e);
    }
    out.println(
        "%s: %d feature views of tenant %s. Next: cd %s && feast apply"
            .formatted(folder, sets.size(), tenant, folder));
    out.flush();
    return 0;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = WriteFeastRepository.class.getResourceAsStream("/feast/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The command line lacks its file feast/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
