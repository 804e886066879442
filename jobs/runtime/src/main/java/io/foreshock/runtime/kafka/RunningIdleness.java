package io.foreshock.runtime.kafka;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/**
 * A partition without records for some time is idle: like Flink's own {@code withIdleness}, but
 * never while the partition is paused by the alignment of sources. In Flink 2.2.1 a paused
 * partition that is found idle is never resumed (FLINK-40093): when its time was over just before
 * it was paused, its records would wait until the next restart.
 *
 * <p>The clock that Flink hands over stands still while a partition is paused.
 */
final class RunningIdleness<T> implements WatermarkGenerator<T> {
  /** Two readings of a clock that runs differ long before. */
  private static final int MOST_LOOKS = 10_000;

  private final WatermarkGenerator<T> generator;
  private final RelativeClock clock;
  private final long idleNanos;
  private long activeNanos;
  private boolean idle;

  RunningIdleness(WatermarkGenerator<T> generator, RelativeClock clock, Duration idleAfter) {
    this.generator = generator;
    this.clock = clock;
    this.idleNanos = idleAfter.toNanos();
    this.activeNanos = clock.relativeTimeNanos();
  }

  static <T> WatermarkStrategy<T> after(
      Duration idleAfter, SerializableSupplier<WatermarkGenerator<T>> generators) {
    return WatermarkStrategy.forGenerator(
        context ->
            new RunningIdleness<>(generators.get(), context.getInputActivityClock(), idleAfter));
  }

  /** Makes one generator for each partition. */
  interface SerializableSupplier<G> extends java.io.Serializable {
    G get();
  }

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    activeNanos = clock.relativeTimeNanos();
    idle = false;
    generator.onEvent(event, timestamp, output);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (!idle && clock.relativeTimeNanos() - activeNanos > idleNanos && isRunning()) {
      idle = true;
      output.markIdle();
    }
    if (!idle) {
      generator.onPeriodicEmit(output);
    }
  }

  private boolean isRunning() {
    long now = clock.relativeTimeNanos();
    for (int look = 0; look < MOST_LOOKS; look++) {
      if (clock.relativeTimeNanos() != now) {
        return true;
      }
    }
    return false;
  }
}
