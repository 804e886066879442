package io.foreshock.runtime.kafka;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Telemetry and backfill are two topics, and a backlog of both would be read at two paces. Neither
 * is read ahead of the other by more than {@link #DRIFT} of ingest time: what is ahead waits.
 */
final class SourceAlignment {
  /** Below the corrections that feature sets have by default (1 h). */
  static final Duration DRIFT = Duration.ofMinutes(30);

  /**
   * How often the sources tell each other. With the drift it bounds how fast a backlog is read:
   * 9,000 times the pace at which it came.
   */
  static final Duration INTERVAL = Duration.ofMillis(200);

  private static final String GROUP = "ingest-clock";
  private static final long STEP_MILLIS = 1_000;

  private SourceAlignment() {}

  /**
   * The same clock, aligned with all others. Not where partitions never count as idle ({@code
   * source.idle-after=0 s}): there a partition whose ticks stop would hold up every tenant for
   * good.
   */
  static <T> WatermarkStrategy<T> with(WatermarkStrategy<T> clock, KafkaConfig config) {
    return config.idleAfter().isZero()
        ? clock
        : clock.withWatermarkAlignment(GROUP, DRIFT, INTERVAL);
  }

  /** Says each second of the clock at once: a source stops where its clock is, not later. */
  static void emit(long beforeMillis, long nowMillis, WatermarkOutput output) {
    if (nowMillis / STEP_MILLIS != beforeMillis / STEP_MILLIS) {
      output.emitWatermark(new Watermark(nowMillis));
    }
  }
}
