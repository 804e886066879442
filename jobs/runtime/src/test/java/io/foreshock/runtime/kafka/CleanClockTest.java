package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.TelemetryBatch;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class CleanClockTest {
  private static final long T = 1_700_000_000_000L;

  private long emitted = Long.MIN_VALUE;

  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          emitted = watermark.getTimestamp();
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
      };

  @Test
  void saysNothingBeforeTheFirstRecord() {
    new CleanClock(false).onPeriodicEmit(output);
    assertThat(emitted).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void staysBehindMessagesByTheirDisorderAndNeverGoesBack() {
    CleanClock clock = new CleanClock(false);
    message(clock, T);
    message(clock, T - 20_000);
    assertThat(emitted).isEqualTo(T - 30_001);
  }

  @Test
  void movesToJustTheTimeOfATick() {
    CleanClock clock = new CleanClock(false);
    message(clock, T);
    tick(clock, T - 5_000);
    assertThat(emitted).isEqualTo(T - 5_000);
  }

  @Test
  void isMovedByTicksAloneWhereTheyReachEveryPartition() {
    CleanClock clock = new CleanClock(true);
    message(clock, T);
    assertThat(emitted).isEqualTo(Long.MIN_VALUE);
    tick(clock, T - 3_600_000);
    message(clock, T + 1_000);
    assertThat(emitted).isEqualTo(T - 3_600_000);
  }

  private void message(CleanClock clock, long time) {
    event(clock, "device", time);
  }

  private void tick(CleanClock clock, long time) {
    event(clock, "", time);
  }

  private void event(CleanClock clock, String device, long time) {
    clock.onEvent(
        new TelemetryBatch(
            new AssetRef("acme", "a", ""),
            device,
            "",
            0,
            "",
            time,
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()),
        time,
        output);
    clock.onPeriodicEmit(output);
  }
}
