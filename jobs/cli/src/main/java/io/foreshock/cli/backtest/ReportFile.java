package io.foreshock.cli.backtest;

import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.page.BacktestPage;
import io.foreshock.backtest.page.ReportException;
import io.foreshock.backtest.run.PatternChoice;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.JudgedHistory;
import io.foreshock.cli.CliFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code --report FILE} writes.
 *
 * @param file where to
 * @param title what was recorded
 * @param console told when it is written
 */
record ReportFile(Path file, String title, PrintWriter console) {

  /**
   * Writes the report.
   *
   * @param records the file of records that were run
   * @throws CliFailure when it cannot be written
   */
  void write(
      Path records, Recording recording, PatternChoice patterns, Answer answer, RunOutcome outcome)
      throws IOException {
    Truth truth = recording.truth();
    List<String> source = new ArrayList<>(recording.describe());
    recording.input().ifPresent(input -> source.addAll(input.lines()));
    BacktestPage page =
        new BacktestPage(
            title,
            source,
            recording.figures(outcome).map(Figures::table).orElse(""),
            recording.zone(),
            patterns,
            JudgedHistory.of(truth),
            truth.maintenance(),
            answer);
    try {
      long bytes = page.write(file, records, outcome.signals(), Instant.now());
      console.printf(Locale.ROOT, "Wrote the report %s (%.1f MB)%n", file, bytes / 1e6);
      console.flush();
    } catch (ReportException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }
}
