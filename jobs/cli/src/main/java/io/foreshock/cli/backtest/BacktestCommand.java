package io.foreshock.cli.backtest;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.cli.records.RecordFile;
import io.foreshock.cli.records.RecordedPipeline;
import io.foreshock.precursors.PrecursorsConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code foreshock backtest}: recorded data through the job's pipeline, scored against the truth.
 */
@Command(
    name = "backtest",
    description = {
      "Runs recorded data through the job's own pipeline and compares its detections with the failures that really"
          + " happened.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BacktestCommand implements Callable<Integer>, Foreshock.Verbose {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with the recording.")
  private Path data;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "How the folder is laid out: ${COMPLETION-CANDIDATES}.")
  private BacktestFormat format;

  @Option(
      names = "--patterns",
      paramLabel = "FILE",
      description =
          "Patterns to run, a file or folder of YAML. Default: the reference patterns for the data, with or without"
              + " telemetry.")
  private Path patterns;

  @Option(
      names = "--machines",
      paramLabel = "LIST",
      description = "Only these machines, e.g. 1-10,21. Default: all.")
  private String machines;

  @Option(names = "--events-only", description = "Leave telemetry aside, even if it is there.")
  private boolean eventsOnly;

  @Option(
      names = "--telemetry",
      paramLabel = "WHICH",
      defaultValue = "all",
      description =
          "Readings to use: all, or contiguous for those of the first quarter, which have no gaps."
              + " Default: ${DEFAULT-VALUE}.")
  private String telemetry;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write detections (JSON lines), alarms with verdicts (CSV) and a chart (PNG).")
  private Path out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the scores.")
  private Path json;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel tasks; the result does not depend on it. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

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
    AzurePdmData everything = AzurePdmData.read(data, wantedTelemetry());
    AzurePdmData selected = everything;
    if (machines != null) {
      SortedSet<Integer> wanted = MachineList.parse(machines, everything.machines());
      selected = everything.only(wanted);
    }
    BacktestPatterns chosen = BacktestPatterns.choose(patterns, selected.hasTelemetry());
    Observation observation = selected.observation(everything);
    console.printf(
        Locale.ROOT,
        "%s: machines %s, %d codes, %d failures%n",
        data,
        MachineList.describe(selected.machines()),
        selected.errors().size(),
        selected.failures().size());
    console.println(selected.describe(observation));
    console.println("Patterns: " + chosen.description());
    console.flush();

    BacktestResult result = run(selected, observation, chosen.config(), console);
    console.println();
    console.print(BacktestTable.of(result));
    if (json != null) {
      JsonFile.write(json, result.toJson());
    }
    if (out != null) {
      new BacktestFiles(out).write(result, selected, observation, console);
    }
    console.flush();
    return 0;
  }

  private AzurePdmData.Telemetry wantedTelemetry() {
    boolean contiguous = telemetry.equals("contiguous");
    if (!contiguous && !telemetry.equals("all")) {
      throw CliFailure.wrongInput(
          "--telemetry must be all or contiguous, but is \"" + telemetry + "\".");
    }
    if (eventsOnly && contiguous) {
      throw CliFailure.wrongInput(
          "--events-only leaves telemetry aside, so --telemetry contiguous has no meaning. Remove one of them.");
    }
    if (eventsOnly) {
      return AzurePdmData.Telemetry.NONE;
    }
    return contiguous ? AzurePdmData.Telemetry.CONTIGUOUS : AzurePdmData.Telemetry.ALL;
  }

  private BacktestResult run(
      AzurePdmData selected, Observation observation, PrecursorsConfig config, PrintWriter console)
      throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-backtest-")) {
      Path records = folder.path().resolve("records");
      long messages = RecordFile.write(records, new AzurePdmImport(selected));
      long begin = System.nanoTime();
      RecordedPipeline.Outcome outcome = RecordedPipeline.run(records, config, parallelism);
      console.printf(
          Locale.ROOT,
          "%,d messages in %.1f s, %d detections, %s%n",
          messages,
          (System.nanoTime() - begin) / 1e9,
          outcome.detections().size(),
          outcome.refused().isEmpty() ? "nothing refused" : "some messages refused:");
      outcome.refused().forEach(refused -> console.println("  " + refused));
      return BacktestResult.of(selected, observation, outcome.detections());
    }
  }
}
