package io.foreshock.operators.waveform;

import java.util.Arrays;

/**
 * Where in frequency the mean square of a block lies.
 *
 * <p>The block is weighted with a Hann window, and the result is divided by the mean square of the
 * window (3/8), so that the mean squares of all frequencies add up to that of the block (Parseval;
 * Heinzel, Ruediger and Schilling 2002, section 9). Adding up the bins about a line gives half of
 * its squared amplitude wherever the line lies between bins, without the 1.4 dB that reading the
 * highest bin of a Hann window can miss.
 *
 * <p>Not thread-safe.
 */
final class Spectrum {
  /** Half width of a line's main lobe under a Hann window, in 1 / (length of the block). */
  private static final int MAIN_LOBE = 2;

  /** How far a side band must lie outside of its line's main lobe, in the same unit. */
  private static final double LEAST_OUTSIDE = 1.5;

  private final Fourier fourier = new Fourier();
  private double[] window = {};
  private double[] meanSquares = {};
  private double binHz;
  private double resolutionHz;
  private double nyquistHz;

  /**
   * Looks at the first samples of an array.
   *
   * @param mean what is subtracted from each sample
   */
  void take(double[] samples, int count, double mean, double samplingRateHz) {
    if (window.length != count) {
      window = hann(count);
    }
    fourier.prepare(count);
    double[] real = fourier.real();
    for (int i = 0; i < count; i++) {
      real[i] = (samples[i] - mean) * window[i];
    }
    Arrays.fill(real, count, real.length, 0);
    Arrays.fill(fourier.imaginary(), 0);
    fourier.forward();
    int size = fourier.size();
    if (meanSquares.length != size / 2 + 1) {
      meanSquares = new double[size / 2 + 1];
    }
    // Sum of squared weights of a periodic Hann window: 3/8 of its length.
    double scale = 1 / (size * (count * 3 / 8.0));
    double[] imaginary = fourier.imaginary();
    for (int k = 0; k < meanSquares.length; k++) {
      double square = (real[k] * real[k] + imaginary[k] * imaginary[k]) * scale;
      meanSquares[k] = k == 0 || k == size / 2 ? square : 2 * square;
    }
    binHz = samplingRateHz / size;
    resolutionHz = samplingRateHz / count;
    nyquistHz = samplingRateHz / 2;
  }

  private static double[] hann(int count) {
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / count);
    }
    return weights;
  }

  /** Highest frequency that the block can tell. */
  double nyquistHz() {
    return nyquistHz;
  }

  /** Mean square of the frequencies from one (inclusive) to another (exclusive). */
  double meanSquare(double fromHz, double toHz) {
    double sum = 0;
    for (int k = first(fromHz), end = end(toHz); k < end; k++) {
      sum += meanSquares[k];
    }
    return sum;
  }

  /**
   * Mean square of the integral over time, in the unit of the samples times second, squared.
   *
   * @param fromHz above 0: an offset has no bounded integral
   */
  double meanSquareOfIntegral(double fromHz, double toHz) {
    double sum = 0;
    for (int k = Math.max(1, first(fromHz)), end = end(toHz); k < end; k++) {
      double omega = 2 * Math.PI * k * binHz;
      sum += meanSquares[k] / (omega * omega);
    }
    return sum;
  }

  /** Whether a line of this frequency can be told from the mean and from what cannot be seen. */
  boolean canTell(double hz) {
    return hz >= (MAIN_LOBE + 1) * resolutionHz && hz + MAIN_LOBE * resolutionHz <= nyquistHz;
  }

  /**
   * Whether side bands this far apart can be told from their line: what of them lies outside of the
   * line's main lobe is 98 % of their mean square or more.
   */
  boolean canSeparate(double spacingHz) {
    return spacingHz >= (MAIN_LOBE + LEAST_OUTSIDE) * resolutionHz;
  }

  /**
   * How far from where it should be a line is looked for.
   *
   * @param tolerance share of the frequency; never less than what the length of the block can tell
   */
  double reachHz(double hz, double tolerance) {
    return Math.max(MAIN_LOBE * resolutionHz, tolerance * hz);
  }

  /** Squared peak amplitude of the lines from one frequency (inclusive) to another (exclusive). */
  double squaredAmplitude(double fromHz, double toHz) {
    return 2 * meanSquare(fromHz, toHz);
  }

  private int first(double hz) {
    return (int) Math.max(0, Math.ceil(hz / binHz));
  }

  private int end(double hz) {
    return (int) Math.min(meanSquares.length, Math.ceil(hz / binHz));
  }
}
