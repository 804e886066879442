package io.foreshock.operators.waveform;

import java.util.Arrays;

/**
 * How the amplitude of a band goes up and down: the magnitude of the band's analytic signal, which
 * is made by keeping the band's positive frequencies twice and dropping all others (Hilbert
 * transform by FFT; Randall and Antoni 2011, section 5).
 *
 * <p>Band edges are sharp, so at the two ends of a block the envelope rings for about one divided
 * by the band's width; the window of the spectrum that follows weighs the ends least.
 *
 * <p>Not thread-safe.
 */
final class Envelope {
  private final Fourier block = new Fourier();
  private final Fourier band = new Fourier();
  private double[] values = {};
  private int count;
  private double samplingRateHz;
  private double mean;
  private double rms;

  /**
   * Takes a block, of which any number of bands may be looked at.
   *
   * @param blockMean what is subtracted from each sample
   */
  void take(double[] samples, int count, double blockMean, double samplingRateHz) {
    this.count = count;
    this.samplingRateHz = samplingRateHz;
    block.prepare(count);
    double[] real = block.real();
    for (int i = 0; i < count; i++) {
      real[i] = samples[i] - blockMean;
    }
    Arrays.fill(real, count, real.length, 0);
    Arrays.fill(block.imaginary(), 0);
    block.forward();
  }

  /** Computes the envelope of a band of the block. */
  void look(double fromHz, double toHz) {
    int size = block.size();
    band.prepare(count);
    double binHz = samplingRateHz / size;
    // Without the constant part and the highest frequency, which have no conjugate of their own.
    int first = (int) Math.max(1, Math.ceil(fromHz / binHz));
    int end = (int) Math.min(size / 2, Math.ceil(toHz / binHz));
    copy(block.real(), band.real(), first, end);
    copy(block.imaginary(), band.imaginary(), first, end);
    band.inverse();
    if (values.length < count) {
      values = new double[count];
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double square = band.real()[i] * band.real()[i] + band.imaginary()[i] * band.imaginary()[i];
      values[i] = Math.sqrt(square);
      sum += values[i];
      squares += square;
    }
    mean = sum / count;
    rms = Math.sqrt(Math.max(0, squares / count - mean * mean));
  }

  private static void copy(double[] from, double[] to, int first, int end) {
    Arrays.fill(to, 0);
    for (int k = first; k < end; k++) {
      to[k] = 2 * from[k];
    }
  }

  /** The envelope; valid until the next look. */
  double[] values() {
    return values;
  }

  double mean() {
    return mean;
  }

  /** Root mean square about the mean. */
  double rms() {
    return rms;
  }
}
