package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class NoClockTest {
  private final List<String> said = new ArrayList<>();
  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          said.add("watermark " + watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
          said.add("idle");
        }

        @Override
        public void markActive() {
          said.add("active");
        }
      };

  /** Else a minute in which all telemetry is idle would be the end of time for whole jobs. */
  @Test
  void isIdleWithRecordsAndWithout() {
    NoClock<String> clock = new NoClock<>();
    clock.onPeriodicEmit(output);
    clock.onEvent("record", 1_767_600_000_000L, output);
    clock.onPeriodicEmit(output);

    assertThat(said).containsOnly("idle");
  }
}
