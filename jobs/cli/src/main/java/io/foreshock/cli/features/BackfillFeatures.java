package io.foreshock.cli.features;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.cli.assets.AssetFile;
import io.foreshock.cli.features.history.FeatureFile;
import io.foreshock.cli.features.history.History;
import io.foreshock.cli.features.parity.FeatureRuns;
import io.foreshock.cli.features.parity.RowTable;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock features backfill}. */
@Command(
    name = "backfill",
    description = {
      "Computes the rows of history with the job's own pipeline in Flink's batch mode, and writes a Parquet file for each"
          + " feature set: <DIR>/<set>/rows.parquet.",
      "A row's computed_at is the time of the message that completed it, as if it had been served.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BackfillFeatures implements Callable<Integer>, Foreshock.Verbose {
  @Spec private CommandSpec spec;
  @Mixin private FeatureFiles files;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source;

  /** Where history comes from. */
  private static final class Source {
    @ArgGroup(exclusive = false)
    private Recording recording;

    @ArgGroup(exclusive = false)
    private LakeHistory lake;
  }

  private static final class Recording {
    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description = "Folder with a public recording.")
    private Path data;

    @Option(
        names = "--format",
        required = true,
        paramLabel = "FORMAT",
        description = "How the folder is laid out: ${COMPLETION-CANDIDATES}.")
    private History.Format format;
  }

  @Option(
      names = "--assets",
      paramLabel = "FILE",
      description =
          "YAML files of assets as for `assets publish`: which machines are of one model. Without any, machines of a"
              + " lake are not compared with others of their model.")
  private List<Path> assets = List.of();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where files go.")
  private Path out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the counts.")
  private Path json;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel tasks; the rows do not depend on it. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException {
    if (parallelism < 1) {
      throw CliFailure.wrongInput("--parallelism must be at least 1, but is " + parallelism + ".");
    }
    PrintWriter console = spec.commandLine().getOut();
    List<FeatureSet> sets = files.sets();
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-backfill-")) {
      RowTable rows = compute(sets, folder.path(), report, console);
      ObjectNode counts = report.putObject("rows");
      for (FeatureSet set : sets) {
        List<FeatureRow> ofSet = rows.rows(set.name());
        if (!ofSet.isEmpty()) {
          Path file = out.resolve(set.name()).resolve("rows.parquet");
          write(file, set, ofSet);
          counts.put(set.name(), ofSet.size());
          console.printf(
              Locale.ROOT,
              "%s: %,d rows, %d features: %s%n",
              set.name(),
              ofSet.size(),
              set.columns().size(),
              file);
        }
      }
      if (counts.isEmpty()) {
        throw CliFailure.wrongInput(
            "No feature set applies to these assets. Check appliesTo of the sets.");
      }
    }
    if (json != null) {
      JsonFile.write(json, report);
    }
    console.flush();
    return 0;
  }

  private RowTable compute(
      List<FeatureSet> sets, Path folder, ObjectNode report, PrintWriter console) {
    Map<String, String> models = models();
    if (source.lake != null) {
      List<String> found = source.lake.files();
      report.put("files", found.size());
      console.printf(Locale.ROOT, "%,d files%n", found.size());
      console.flush();
      return new FeatureRuns(sets, files.channels(), models, folder).lake(found, parallelism);
    }
    History history = History.read(source.recording.format, source.recording.data);
    report.put("messages", history.messages().size());
    console.printf(Locale.ROOT, "%,d messages%n", history.messages().size());
    console.flush();
    models.putAll(history.models());
    return new FeatureRuns(sets, files.channels(), models, folder)
        .batch(history.inOrder(), parallelism);
  }

  private Map<String, String> models() {
    List<String> problems = new ArrayList<>();
    Map<String, String> models = new HashMap<>();
    for (Path file : assets) {
      AssetFile.read(file, files.channels(), problems)
          .forEach((key, asset) -> models.put(key, asset.getModel()));
    }
    if (!problems.isEmpty()) {
      throw CliFailure.wrongInput("Nothing was computed.\n  " + String.join("\n  ", problems));
    }
    models.values().removeIf(String::isBlank);
    return models;
  }

  private static void write(Path file, FeatureSet set, List<FeatureRow> rows) {
    try (FeatureFile target = new FeatureFile(file, set)) {
      for (FeatureRow row : rows) {
        target.write(row);
      }
    } catch (IOException e) {
      throw CliFailure.failed("Cannot write " + file + ": " + e, e);
    }
  }
}
