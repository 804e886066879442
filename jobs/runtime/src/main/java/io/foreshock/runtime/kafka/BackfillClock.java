package io.foreshock.runtime.kafka;

import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * How far backfill has been read, on the ingest clock, for those who must not be read farther: it
 * goes to Flink's alignment of sources and no further. A partition without records for {@link
 * #IDLE_AFTER} holds nobody up.
 */
final class BackfillClock implements WatermarkGenerator<TelemetryBatch> {
  /** Longer than brokers need for what there is. */
  static final Duration IDLE_AFTER = Duration.ofSeconds(10);

  private long reachedMillis = Long.MIN_VALUE;

  static WatermarkStrategy<TelemetryBatch> strategy(KafkaConfig config) {
    return SourceAlignment.with(
        RunningIdleness.<TelemetryBatch>after(IDLE_AFTER, BackfillClock::new)
            .withTimestampAssigner((batch, timestamp) -> batch.appendTimeMillis()),
        config);
  }

  @Override
  public void onEvent(TelemetryBatch batch, long timestamp, WatermarkOutput output) {
    long before = reachedMillis;
    reachedMillis = Math.max(reachedMillis, timestamp - CleanClock.DISORDER.toMillis() - 1);
    SourceAlignment.emit(before, reachedMillis, output);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (reachedMillis != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(reachedMillis));
    }
  }
}
