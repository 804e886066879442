package io.foreshock.operators.detect;

import io.foreshock.operators.detect.DetectorSpec.Statistic;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Limits that normal vectors pass with a given probability, if what they are made of is normal and
 * independent; on channels that wander they are passed more often.
 */
final class VectorLimit {

  private VectorLimit() {}

  /** Limit of a statistic for a probability of a false alarm per vector. */
  static double of(Statistic statistic, double falseAlarmRate, VectorModel model) {
    return switch (statistic) {
      case T2 -> hotelling(falseAlarmRate, model.principal(), model.independent());
      case MAHALANOBIS ->
          Math.sqrt(hotelling(falseAlarmRate, model.components(), model.independent()));
      case Q -> jacksonMudholkar(falseAlarmRate, model);
    };
  }

  /**
   * T² of a new vector against means and covariances of n: {@code p (n+1)(n-1) / (n (n-p))} times
   * the quantile of F with p and n-p degrees of freedom (Hotelling 1947; NIST/SEMATECH e-Handbook
   * 6.5.4.3).
   */
  static double hotelling(double falseAlarmRate, int p, double n) {
    double quantile = new FDistribution(p, n - p).inverseCumulativeProbability(1 - falseAlarmRate);
    return p * (n + 1) * (n - 1) / (n * (n - p)) * quantile;
  }

  /**
   * Limit of the sum of squares of the last components, by a power of it that is about normal
   * (Jackson and Mudholkar, Technometrics 21(3), 1979, equation 3.4). No limit when there are none.
   */
  static double jacksonMudholkar(double falseAlarmRate, VectorModel model) {
    double first = 0;
    double second = 0;
    double third = 0;
    for (int c = model.principal(); c < model.components(); c++) {
      double value = model.eigenvalue(c);
      first += value;
      second += value * value;
      third += value * value * value;
    }
    return first == 0
        ? Double.POSITIVE_INFINITY
        : jacksonMudholkar(falseAlarmRate, first, second, third);
  }

  /**
   * The same from the sums of the eigenvalues, of their squares and of their cubes. The power is
   * negative when one eigenvalue is far above the others; none that could be passed when the
   * approximation has no limit for so low a rate.
   */
  static double jacksonMudholkar(double falseAlarmRate, double first, double second, double third) {
    double h = 1 - 2 * first * third / (3 * second * second);
    double z = new NormalDistribution().inverseCumulativeProbability(1 - falseAlarmRate);
    double inner =
        z * h * Math.sqrt(2 * second) / first + 1 + second * h * (h - 1) / (first * first);
    return first * Math.pow(Math.max(0, inner), 1 / h);
  }
}
