package io.foreshock.operators.waveform;

import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;

/**
 * Complex numbers that are transformed where they are: as many as the power of two that holds the
 * block.
 *
 * <p>Room is kept for the next block of each length: four arrays of 65,536 at most in all. Not
 * thread-safe.
 */
final class Fourier {
  private final double[][][] byExponent = new double[Integer.SIZE][][];
  private double[][] parts = new double[2][0];

  /** Real parts, then imaginary parts. */
  double[] real() {
    return parts[0];
  }

  double[] imaginary() {
    return parts[1];
  }

  /** How many numbers there are: a power of two. */
  int size() {
    return parts[0].length;
  }

  /** Makes room for a block; the numbers are those of the last one until they are written. */
  void prepare(int samples) {
    int size = sizeFor(samples);
    int exponent = Integer.numberOfTrailingZeros(size);
    if (byExponent[exponent] == null) {
      byExponent[exponent] = new double[2][size];
    }
    parts = byExponent[exponent];
  }

  static int sizeFor(int samples) {
    return samples <= 1 ? 1 : Integer.highestOneBit(samples - 1) << 1;
  }

  /** {@code X[k] = sum of x[n] exp(-2 pi i k n / size)}. */
  void forward() {
    FastFourierTransformer.transformInPlace(
        parts, DftNormalization.STANDARD, TransformType.FORWARD);
  }

  /** The inverse, with the factor 1 / size. */
  void inverse() {
    FastFourierTransformer.transformInPlace(
        parts, DftNormalization.STANDARD, TransformType.INVERSE);
  }
}
