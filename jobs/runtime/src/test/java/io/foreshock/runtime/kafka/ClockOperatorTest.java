package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ClockOperatorTest {

  @Test
  void tellsTheClockEachTimeItHasGoneOnByTheIntervalAndNeverTheEndOfTime() throws Exception {
    try (OneInputStreamOperatorTestHarness<String, Long> clock =
        new OneInputStreamOperatorTestHarness<>(new ClockOperator<>(1_000))) {
      clock.open();
      clock.processElement("a message", 5);
      for (long watermark : new long[] {10_000, 10_999, 11_000, 11_500, 30_000, Long.MAX_VALUE}) {
        clock.processWatermark(watermark);
      }
      assertThat(clock.extractOutputValues()).containsExactly(10_000L, 11_000L, 30_000L);
    }
  }
}
