package io.foreshock.operators.detect;

import io.foreshock.model.RemainingLife;
import io.foreshock.operators.detect.DetectorSpec.Growth;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Exponential growth of a health index and the time until it reaches the level of failure: Bayesian
 * linear regression of its logarithm on operating time, one reading after another (Gebraeel,
 * Lawley, Li and Ryan, IIE Transactions 37(6), 2005, with independent errors; as a Kalman filter
 * without process noise).
 *
 * <p>The growth rate is known beforehand for the kind of machine, and becomes that of this machine
 * as its readings come in. Nothing is fitted before the index has passed {@code beginsSigma}; when
 * it falls below half of that, what was fitted is forgotten. A reading further than {@value #FENCE}
 * standard errors from the forecast counts as if it lay there.
 *
 * <p>Distribution of the remaining life: the chance to have failed within a time is that of a
 * normal variable, the log index at that time less the log level of failure, to be positive. The
 * median is where the means meet, with a rate of at least a quarter of the expected; the tenths are
 * the roots of a quadratic equation. A rate that may be zero has no upper tenth.
 */
final class GrowthForecast {
  private static final double FENCE = 3;

  /** Quantile of the normal distribution for a tenth. */
  private static final double TENTH = 1.2815515655446004;

  private static final double LEAST_RATE = 0.25;

  private final Growth growth;
  private final double longestHours;
  private final double logFails;
  private final double scatterVariance;

  private boolean began;
  private double hours;
  private double start;
  private double rate;
  private double startVariance;
  private double covariance;
  private double rateVariance;

  GrowthForecast(Growth growth) {
    this.growth = growth;
    longestHours = growth.longest().toMillis() / 3_600_000.0;
    logFails = StrictMath.log(growth.failsSigma());
    scatterVariance = growth.scatter() * growth.scatter();
  }

  /**
   * Takes the index.
   *
   * @param stepHours operating time since the last
   */
  void add(double stepHours, double index) {
    if (!began) {
      if (index > growth.beginsSigma()) {
        begin(StrictMath.log(index));
      }
      return;
    }
    if (index < growth.beginsSigma() / 2) {
      reset();
      return;
    }
    hours += stepHours;
    double toStart = startVariance + hours * covariance;
    double toRate = covariance + hours * rateVariance;
    double variance = toStart + hours * toRate + scatterVariance;
    double fence = FENCE * Math.sqrt(variance);
    double away = StrictMath.log(index) - (start + hours * rate);
    away = Math.max(-fence, Math.min(fence, away)) / variance;
    start += toStart * away;
    rate += toRate * away;
    startVariance -= toStart * toStart / variance;
    covariance -= toStart * toRate / variance;
    rateVariance -= toRate * toRate / variance;
  }

  private void begin(double logIndex) {
    began = true;
    hours = 0;
    start = logIndex;
    rate = growth.perHour();
    startVariance = scatterVariance;
    covariance = 0;
    rateVariance = growth.perHourSpread() * growth.perHourSpread();
  }

  /** There is wear. */
  boolean began() {
    return began;
  }

  /** Median of the remaining operating time, 0 to the longest. */
  double remainingHours() {
    return began ? bounded(-toGo() / Math.max(rate, LEAST_RATE * growth.perHour())) : longestHours;
  }

  /** With the tenths at both ends. */
  RemainingLife remaining() {
    if (!began) {
      return new RemainingLife(longestHours, longestHours, longestHours);
    }
    double median = remainingHours();
    double toGo = toGo();
    double quantile = TENTH * TENTH;
    double spread = growth.failsSpread() * growth.failsSpread();
    double now = startVariance + hours * (2 * covariance + hours * rateVariance) + spread;
    double slope = covariance + hours * rateVariance;
    // (toGo + rate t)^2 = quantile (now + 2 slope t + rateVariance t^2)
    double a = rate * rate - quantile * rateVariance;
    double b = rate * toGo - quantile * slope;
    double c = toGo * toGo - quantile * now;
    double root = Math.sqrt(Math.max(0, b * b - a * c));
    double low = c <= 0 || toGo > 0 ? 0 : c / (root - b);
    double high = a <= 0 ? longestHours : (root - b) / a;
    return new RemainingLife(
        median, Math.min(median, bounded(low)), Math.max(median, bounded(high)));
  }

  /** Log index less the log level of failure. */
  private double toGo() {
    return start + hours * rate - logFails;
  }

  /** NaN, which two roots at infinity give, is the longest. */
  private double bounded(double t) {
    return t < longestHours ? Math.max(0, t) : longestHours;
  }

  void reset() {
    began = false;
    hours = 0;
    start = 0;
    rate = 0;
    startVariance = 0;
    covariance = 0;
    rateVariance = 0;
  }

  void write(DataOutputView out) throws IOException {
    out.writeBoolean(began);
    if (began) {
      out.writeDouble(hours);
      out.writeDouble(start);
      out.writeDouble(rate);
      out.writeDouble(startVariance);
      out.writeDouble(covariance);
      out.writeDouble(rateVariance);
    }
  }

  void read(DataInputView in) throws IOException {
    reset();
    began = in.readBoolean();
    if (began) {
      hours = in.readDouble();
      start = in.readDouble();
      rate = in.readDouble();
      startVariance = in.readDouble();
      covariance = in.readDouble();
      rateVariance = in.readDouble();
    }
  }
}
