package io.foreshock.runtime.kafka;

import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The ingest clock over one partition of clean telemetry: the append times of the raw records that
 * the messages carry.
 *
 * <p>They do not come in order: one partition holds what several tasks of ingest wrote, which read
 * several raw partitions, and a message that waited for the one before it comes later than its
 * time. So a message moves the clock to {@link #DISORDER} before its own time. A tick carries the
 * watermark of ingest itself and moves the clock to just that.
 *
 * <p>With {@code source.idle-after=0 s} (a tick reaches every partition) only ticks move the clock,
 * so that one raw partition may lag behind another by any time while ingest catches up.
 */
final class CleanClock implements WatermarkGenerator<TelemetryBatch> {
  /** Three times what ingest waits for a missing message by default ({@code reorder.max-wait}). */
  static final Duration DISORDER = Duration.ofSeconds(30);

  private final boolean ticksOnly;
  private long reachedMillis = Long.MIN_VALUE;

  CleanClock(boolean ticksOnly) {
    this.ticksOnly = ticksOnly;
  }

  static WatermarkStrategy<TelemetryBatch> strategy(KafkaConfig config) {
    boolean ticksOnly = config.idleAfter().isZero();
    WatermarkStrategy<TelemetryBatch> clock =
        ticksOnly
            ? WatermarkStrategy.forGenerator(context -> new CleanClock(true))
            : RunningIdleness.after(config.idleAfter(), () -> new CleanClock(false));
    return SourceAlignment.with(
        clock.withTimestampAssigner((batch, timestamp) -> batch.appendTimeMillis()), config);
  }

  @Override
  public void onEvent(TelemetryBatch batch, long timestamp, WatermarkOutput output) {
    long before = reachedMillis;
    if (CleanTelemetryDeserializer.isTick(batch)) {
      reachedMillis = Math.max(reachedMillis, timestamp);
    } else if (!ticksOnly) {
      reachedMillis = Math.max(reachedMillis, timestamp - DISORDER.toMillis() - 1);
    }
    if (reachedMillis != Long.MIN_VALUE) {
      SourceAlignment.emit(before, reachedMillis, output);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (reachedMillis != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(reachedMillis));
    }
  }
}
