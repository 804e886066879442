package io.foreshock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter text = new StringWriter();
  private long now;

  @Test
  void tellsShareRateAndTimeLeftInLines() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), false, () -> now);
    bar.begin("reading", "bytes", 200_000_000);
    bar.at(1);
    pass(2);
    bar.at(50_000_000);
    pass(1);
    bar.at(75_000_000);
    pass(5);
    bar.end();
    assertThat(text.toString())
        .isEqualTo(
            "   2.0 s  reading  [######                  ]  25 %  50.0 MB of 200.0 MB (25.0 MB/s, 6 s left)\n"
                + "   8.0 s  reading  [#########               ]  38 %  75.0 MB of 200.0 MB (9.4 MB/s, 13 s left)\n");
  }

  @Test
  void drawsOverTheLineOnATerminalAndKnowsNoTimeLeftWithoutATotal() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), true, () -> now);
    bar.begin("matching", "messages", 0);
    pass(2);
    bar.at(3_000);
    bar.end();
    assertThat(text.toString())
        .isEqualTo(
            "\r   2.0 s  matching 3,000 messages (1,500/s)  \r   2.0 s  matching 3,000 messages (1,500/s)  \n");
  }

  @Test
  void saysNothingOfWhatIsOverAtOnce() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), false, () -> now);
    bar.begin("reading", "bytes", 10);
    bar.at(10);
    bar.end();
    assertThat(text.toString()).isEmpty();
  }

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }
}
