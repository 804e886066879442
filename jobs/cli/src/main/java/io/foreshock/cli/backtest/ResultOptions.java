package io.foreshock.cli.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.backtest.page.BacktestPage;
import io.foreshock.backtest.run.RunWishes;
import io.foreshock.cli.JsonFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the result goes besides the terminal. */
final class ResultOptions {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write detections (JSON lines), alarms with verdicts (CSV) and a chart (PNG).")
  private Path out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the scores.")
  private Path json;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description =
          "Write one HTML file that shows it all: fleet and machines over time, figures and trade-offs. It needs no"
              + " network.")
  private Path report;

  Optional<Path> report() {
    return Optional.ofNullable(report);
  }

  /** What the run has to keep for what is written. */
  RunWishes wishes() {
    return report == null ? RunWishes.NOTHING : BacktestPage.WISHES;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  /** Writes the document if it is wanted. */
  void writeJson(JsonNode document) {
    if (json != null) {
      JsonFile.write(json, document);
    }
  }
}
