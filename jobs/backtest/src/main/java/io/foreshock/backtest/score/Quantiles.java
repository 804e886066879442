package io.foreshock.backtest.score;

import java.util.List;

/** Quantiles of a few numbers. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * Linear between the two neighbouring values (definition 7 of Hyndman and Fan, 1996).
   *
   * @param ascending values in ascending order
   * @param q from 0 to 1
   * @return NaN when there is no value
   */
  public static double of(List<Double> ascending, double q) {
    if (ascending.isEmpty()) {
      return Double.NaN;
    }
    double position = q * (ascending.size() - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, ascending.size() - 1);
    double low = ascending.get(below);
    return low + (position - below) * (ascending.get(above) - low);
  }

  /** The same of the first values of an array. */
  static double of(double[] ascending, int size, double q) {
    if (size == 0) {
      return Double.NaN;
    }
    double position = q * (size - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, size - 1);
    return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
  }
}
