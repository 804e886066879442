package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowStartTest {
  private static final long MINUTE = 60_000;
  private static final Duration LASTS = Duration.ofMillis(300);

  @Test
  void aPartitionWaitsWhereItIsTooFarBeyondItsFirstRecordAndNotAgain() {
    SlowStart start = new SlowStart(LASTS);
    long begin = System.nanoTime();
    start.await("t", 0, 0);
    start.await("t", 1, 900 * MINUTE);
    start.await("t", 0, 30 * MINUTE);
    start.await("t", 0, 31 * MINUTE);
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(LASTS.toNanos());
    long after = System.nanoTime();
    for (int minute = 32; minute < 10_000; minute++) {
      start.await("t", 0, minute * MINUTE);
    }
    assertThat(System.nanoTime() - after).isLessThan(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void aTaskThatIsCancelledDoesNotWait() {
    SlowStart start = new SlowStart(Duration.ofDays(1));
    start.await("t", 0, 0);
    Thread.currentThread().interrupt();
    start.await("t", 0, 99 * MINUTE);
    assertThat(Thread.interrupted()).as("it stays told").isTrue();
  }
}
