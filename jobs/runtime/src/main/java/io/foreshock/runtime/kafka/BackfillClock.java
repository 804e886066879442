package io.foreshock.runtime.kafka;

import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * How far backfill has been read, on the ingest clock, for those who must not be read farther: it
 * goes to Flink's alignment of sources and no further. Until the first record it is at the
 * beginning of time, so that telemetry waits for it; a partition without records for {@link
 * #IDLE_AFTER} holds nobody up.
 */
final class BackfillClock implements WatermarkGenerator<TelemetryBatch> {
  /** Longer than brokers need for what there is, shorter than people wait for a start. */
  static final Duration IDLE_AFTER = Duration.ofSeconds(3);

  private long reachedMillis;

  static WatermarkStrategy<TelemetryBatch> strategy() {
    return SourceAlignment.with(
        WatermarkStrategy.<TelemetryBatch>forGenerator(context -> new BackfillClock())
            .withTimestampAssigner((batch, timestamp) -> batch.appendTimeMillis())
            .withIdleness(IDLE_AFTER));
  }

  @Override
  public void onEvent(TelemetryBatch batch, long timestamp, WatermarkOutput output) {
    long before = reachedMillis;
    reachedMillis = Math.max(reachedMillis, timestamp - CleanClock.DISORDER.toMillis() - 1);
    SourceAlignment.emit(before, reachedMillis, output);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.emitWatermark(new Watermark(reachedMillis));
  }
}
