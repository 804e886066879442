package io.foreshock.cli.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.report.BacktestFiles;
import io.foreshock.backtest.report.BacktestTable;
import io.foreshock.backtest.run.PatternChoice;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RecordedPipeline;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.score.BacktestResult;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.TemporaryFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
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

  @ArgGroup(exclusive = false, multiplicity = "1", heading = "%nWhat was recorded:%n", order = 1)
  private RecordingOptions recordingOptions;

  @ArgGroup(exclusive = false, validate = false, heading = "%nWhat runs over it:%n", order = 2)
  private RunOptions run = new RunOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nWhat is written:%n", order = 3)
  private ResultOptions results = new ResultOptions();

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    int parallelism = run.parallelism();
    Recording recording = recordingOptions.open();
    PatternChoice patterns = PatternChoice.choose(run.patterns(), recording);
    recording.describe().forEach(console::println);
    console.println("Patterns: " + patterns.description());
    console.flush();

    RunOutcome outcome = run(recording, patterns, parallelism, console);
    Truth truth = recording.truth();
    BacktestResult result = BacktestResult.of(truth, outcome.detections().list());
    Optional<Figures> figures = recording.figures(outcome);
    console.println();
    console.print(figures.map(Figures::table).orElseGet(() -> BacktestTable.of(result)));
    ObjectNode document = result.toJson();
    figures.ifPresent(own -> document.setAll(own.json()));
    results.writeJson(document);
    results.out().ifPresent(out -> new BacktestFiles(out).write(result, truth, console));
    console.flush();
    return 0;
  }

  private static RunOutcome run(
      Recording recording, PatternChoice patterns, int parallelism, PrintWriter console)
      throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-backtest-")) {
      Path records = folder.path().resolve("records");
      long messages = RecordFile.write(records, recording);
      RunOutcome outcome =
          RecordedPipeline.run(records, patterns.config(), parallelism, recording.wishes());
      console.printf(
          Locale.ROOT,
          "%,d messages in %.1f s, %d detections, %s%n",
          messages,
          outcome.cost().wallSeconds(),
          outcome.detections().size(),
          outcome.refused().isEmpty() ? "nothing refused" : "some messages refused:");
      outcome.refused().forEach(refused -> console.println("  " + refused));
      return outcome;
    }
  }
}
