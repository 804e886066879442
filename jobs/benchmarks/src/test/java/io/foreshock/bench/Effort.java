package io.foreshock.bench;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long to measure.
 *
 * @param warmUp after the matches of the case are open
 * @param time one measurement
 * @param times measurements; the median counts
 */
record Effort(Duration warmUp, Duration time, int times) {

  static Effort ofMillis(long warmUp, long time, int times) {
    return new Effort(Duration.ofMillis(warmUp), Duration.ofMillis(time), times);
  }

  /** The same, measured so many times. */
  Effort times(int measurements) {
    return new Effort(warmUp, time, measurements);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
