package io.foreshock.backtest.data.gearbox;

import java.util.Arrays;

/**
 * How far values lie from what they were during calibration, in either direction.
 *
 * @param location median of the calibration
 * @param scale median deviation from it, as a standard deviation of a Gaussian (factor 1.4826)
 */
record Calibrated(double location, double scale) {
  /** Beyond this a deviation tells no more: one indicator alone shall not decide. */
  private static final double MOST = 10;

  static Calibrated on(double[] values) {
    double location = median(values);
    double[] deviations = Arrays.stream(values).map(v -> Math.abs(v - location)).toArray();
    return new Calibrated(location, 1.4826 * median(deviations));
  }

  double[] deviations(double[] values) {
    return Arrays.stream(values)
        .map(value -> Math.min(MOST, Math.abs(value - location) / scale))
        .toArray();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Area under the ROC curve: the probability that a broken block scores higher than a healthy one,
   * ties counted half (Mann and Whitney). 1: told apart; 0.5: not at all.
   */
  static double auc(double[] broken, double[] healthy) {
    double higher = 0;
    for (double b : broken) {
      for (double h : healthy) {
        higher += b > h ? 1 : b == h ? 0.5 : 0;
      }
    }
    return higher / broken.length / healthy.length;
  }

  /** Share of values above a limit. */
  static double above(double limit, double[] values) {
    return Arrays.stream(values).filter(value -> value > limit).count() / (double) values.length;
  }
}
