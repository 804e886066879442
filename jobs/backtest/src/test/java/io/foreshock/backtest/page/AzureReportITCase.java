package io.foreshock.backtest.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshock.backtest.data.PublishedDataSets;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.run.PatternChoice;
import io.foreshock.backtest.run.Progress;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RecordedPipeline;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.Question;
import io.foreshock.backtest.score.RecordedRuns;
import io.foreshock.backtest.score.Tuning;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** All 50 machines of the Azure set in one report: small enough, and usable in Chromium. */
class AzureReportITCase {
  private static final long MOST_BYTES = 5_000_000;

  /** Folder of real data: system property, else beside the project. */
  private static final Path REAL_DATA =
      Path.of(System.getProperty("foreshock.data", "../../../shared/data")).resolve("azure-pdm");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyMachine() throws Exception {
    assumeTrue(
        Files.isDirectory(REAL_DATA),
        "Skipped: the public data are not in "
            + REAL_DATA.toAbsolutePath().normalize()
            + ". Point -Dforeshock.data to them.");
    Path file = Path.of("target/reports/azure.html");

    long bytes = write(file);

    System.out.printf("The report of the Azure set: %,d bytes%n", bytes);
    assertThat(bytes).isBetween(1_000_000L, MOST_BYTES);
    return Chromium.check("azure-checks.mjs", file);
  }

  private long write(Path file) throws Exception {
    Recording recording = PublishedDataSets.named("azure-pdm").open(REAL_DATA, Selection.ALL);
    PatternChoice patterns = PatternChoice.choose(null, recording);
    Path records = folder.resolve("records");
    long messages = RecordFile.write(records, recording);
    RunOutcome outcome = RecordedPipeline.run(records, patterns.config(), 2, BacktestPage.WISHES);
    Truth truth = recording.truth();
    Tuning tuning =
        new Tuning(
            patterns,
            Optional.empty(),
            List.of(),
            Question.CRITICAL,
            Optional.empty(),
            Optional.empty());
    Question question = tuning.question(truth);
    Answer answer =
        tuning.answer(
            question,
            new RecordedRuns(records, messages, patterns.config(), 2, Progress.NONE),
            RecordedRuns.observed(outcome),
            new PrintWriter(PrintWriter.nullWriter()));
    return new BacktestPage(
            "azure-pdm",
            recording.describe(),
            "",
            recording.zone(),
            patterns,
            question.history(),
            truth.maintenance(),
            answer)
        .write(file, records, outcome.signals(), Instant.parse("2026-01-01T00:00:00Z"));
  }
}
