package io.foreshock.operators.waveform;

/**
 * What a block of samples tells without a spectrum. Everything is about the mean, because the zero
 * of an accelerometer drifts.
 *
 * @param mean arithmetic mean
 * @param rms root mean square about the mean (ISO 20816-1: the mean is no vibration)
 * @param peak largest deviation from the mean
 * @param kurtosis fourth moment about the mean divided by the squared variance (Pearson's, of the
 *     population): 3 for a Gaussian, 1.5 for a sine, more for impulses; NaN when all are equal
 */
public record BlockStatistics(double mean, double rms, double peak, double kurtosis) {

  /** Peak divided by RMS: the square root of 2 for a sine; NaN when all samples are equal. */
  public double crestFactor() {
    return peak / rms;
  }

  /** Of the first samples of an array, in two passes. */
  static BlockStatistics of(double[] samples, int count) {
    double sum = 0;
    boolean equal = true;
    for (int i = 0; i < count; i++) {
      sum += samples[i];
      equal &= samples[i] == samples[0];
    }
    // A sum is rounded: what is constant must not be told from its mean.
    double mean = equal ? samples[0] : sum / count;
    double squares = 0;
    double fourths = 0;
    double peak = 0;
    for (int i = 0; i < count; i++) {
      double deviation = samples[i] - mean;
      double square = deviation * deviation;
      squares += square;
      fourths += square * square;
      peak = Math.max(peak, Math.abs(deviation));
    }
    double variance = squares / count;
    return new BlockStatistics(
        mean, Math.sqrt(variance), peak, fourths / count / (variance * variance));
  }
}
