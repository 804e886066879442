package io.foreshock.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.JudgedAlarm;
import io.foreshock.backtest.score.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestFilesTest {
  private static final JudgedAlarm ALARM =
      new JudgedAlarm(
          new Verdict(new ComponentEvent("pump 1, \"old\"", "seal, left", 0), Verdict.NOTHING),
          List.of("wear", "heat"),
          List.of("d-1", "d-2"));

  @TempDir private Path folder;

  @Test
  void quotesCellsThatHoldCommasOrQuotes() throws IOException {
    new BacktestFiles(folder).writeAlarms(List.of(ALARM));

    assertThat(Files.readAllLines(folder.resolve("alarms.csv")))
        .containsExactly(
            "time,asset,component,verdict,failure,lead_hours,patterns",
            "1970-01-01T00:00:00Z,\"pump 1, \"\"old\"\"\",\"seal, left\",false,,,wear heat");
  }

  @Test
  void failsWhenTheDiskIsFull() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "There is no " + full + " here.");
    Files.createSymbolicLink(folder.resolve("alarms.csv"), full);

    assertThatThrownBy(() -> new BacktestFiles(folder).writeAlarms(List.of(ALARM)))
        .isInstanceOf(IOException.class);
  }
}
