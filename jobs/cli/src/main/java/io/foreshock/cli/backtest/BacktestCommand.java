package io.foreshock.cli.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.report.BacktestFiles;
import io.foreshock.backtest.run.PatternChoice;
import io.foreshock.backtest.run.Progress;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RecordedPipeline;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.run.RunSettings;
import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.AnswerJson;
import io.foreshock.backtest.score.AnswerTable;
import io.foreshock.backtest.score.Question;
import io.foreshock.backtest.score.RecordedRuns;
import io.foreshock.backtest.score.Tuning;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.ProgressBar;
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
    subcommands = SampleCommand.class,
    description = {
      "Runs recorded data through the job's own pipeline and compares its detections with the failures that really"
          + " happened.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BacktestCommand implements Callable<Integer>, Foreshock.Verbose {

  @ArgGroup(exclusive = false, validate = false, heading = "%nWhat was recorded:%n", order = 1)
  private RecordingOptions recordingOptions = new RecordingOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nWhat runs over it:%n", order = 2)
  private RunOptions run = new RunOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nCompare and tune:%n", order = 3)
  private TuningOptions tuning = new TuningOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nWhat is written:%n", order = 4)
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
    Progress progress = new ProgressBar(console, System.console() != null);
    Recording recording = recordingOptions.open(progress);
    PatternChoice patterns = PatternChoice.choose(run.patterns(), recording);
    recording.describe().forEach(console::println);
    console.println("Patterns: " + patterns.description());
    console.flush();

    Tuning wanted = tuning.check(recording, patterns);

    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-backtest-")) {
      Path records = folder.path().resolve("records");
      long messages = RecordFile.write(records, recording);
      recording.input().ifPresent(input -> input.lines().forEach(console::println));
      console.flush();
      Question question = wanted.question(recording.truth());
      RunOutcome outcome = run(records, messages, recording, wanted, progress, console);
      RecordedRuns runs =
          new RecordedRuns(records, messages, patterns.config(), run.parallelism(), progress);
      Answer answer = wanted.answer(question, runs, RecordedRuns.observed(outcome), console);
      tell(answer, recording, outcome, console);
      if (results.report().isPresent()) {
        new ReportFile(results.report().get(), recordingOptions.title(), console)
            .write(records, recording, patterns, answer, outcome);
      }
    }
    return 0;
  }

  private void tell(Answer answer, Recording recording, RunOutcome outcome, PrintWriter console) {
    Optional<Figures> figures = recording.figures(outcome);
    console.println();
    console.print(figures.map(Figures::table).orElseGet(() -> AnswerTable.of(answer)));
    ObjectNode document = AnswerJson.of(answer);
    figures.ifPresent(own -> document.setAll(own.json()));
    recording.input().ifPresent(input -> document.set("input", input.json()));
    results.writeJson(document);
    results
        .out()
        .ifPresent(out -> new BacktestFiles(out).write(answer, recording.truth(), console));
    console.flush();
  }

  private RunOutcome run(
      Path records,
      long messages,
      Recording recording,
      Tuning wanted,
      Progress progress,
      PrintWriter console) {
    RunOutcome outcome =
        RecordedPipeline.run(
            records,
            wanted.patterns().config(),
            new RunSettings(
                run.parallelism(),
                recording.wishes().and(wanted.wishes()).and(results.wishes()),
                progress,
                messages));
    console.printf(
        Locale.ROOT,
        "%,d messages in %.1f s, %d detections, %s%n",
        messages,
        outcome.cost().wallSeconds(),
        outcome.detections().size(),
        outcome.refused().isEmpty() ? "nothing refused" : "some messages refused:");
    outcome.refused().forEach(refused -> console.println("  " + refused));
    console.flush();
    return outcome;
  }
}
