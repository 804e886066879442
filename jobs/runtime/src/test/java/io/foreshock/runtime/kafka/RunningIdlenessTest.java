package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class RunningIdlenessTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> said = new ArrayList<>();
  private long nanos;
  private boolean paused;

  /** Goes on a little with each look, as long as the partition is not paused. */
  private final RelativeClock clock =
      new RelativeClock() {
        @Override
        public long relativeTimeMillis() {
          return nanos / 1_000_000;
        }

        @Override
        public long relativeTimeNanos() {
          return paused ? nanos : nanos++;
        }
      };

  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          said.add("watermark");
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

  private final RunningIdleness<String> idleness =
      new RunningIdleness<>(
          new WatermarkGenerator<>() {
            @Override
            public void onEvent(String event, long timestamp, WatermarkOutput to) {
              to.emitWatermark(new Watermark(timestamp));
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput to) {
              to.emitWatermark(new Watermark(0));
            }
          },
          clock,
          Duration.ofSeconds(3));

  private void look(long atNanos) {
    nanos = atNanos;
    idleness.onPeriodicEmit(output);
  }

  @Test
  void aPartitionWithoutRecordsIsIdleUntilTheNext() {
    look(2 * SECOND);
    look(4 * SECOND);
    look(5 * SECOND);
    idleness.onEvent("record", 7, output);
    look(6 * SECOND);
    assertThat(said).containsExactly("watermark", "idle", "watermark", "watermark");
  }

  @Test
  void aPartitionThatIsPausedWhenItsTimeIsOverIsNotIdle() {
    look(2 * SECOND);
    paused = true;
    look(4 * SECOND);
    look(4 * SECOND);
    assertThat(said).containsExactly("watermark", "watermark", "watermark");

    paused = false;
    look(5 * SECOND);
    assertThat(said).endsWith("idle");
  }
}
