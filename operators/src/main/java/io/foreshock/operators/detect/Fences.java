package io.foreshock.operators.detect;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Tells outliers while nothing is known yet: Tukey's outer fences, {@value #FENCE} interquartile
 * ranges beyond the quartiles (Exploratory Data Analysis, 1977).
 *
 * <p>The first quartiles come from a {@link Sample}, which does not feel how far an outlier lies.
 * Once they are trusted, {@link Quartiles} go on from there in a tenth of the memory and with less
 * noise; they see an outlier as if it lay at the fence. Up to a quarter of the readings may be
 * wrong.
 */
final class Fences {
  static final double FENCE = 3;

  /** Interquartile range of the normal distribution with variance 1. */
  private static final double NORMAL_QUARTILES = 1.3489795003921634;

  private final Sample first = new Sample();
  private final Quartiles settled = new Quartiles();

  void add(double value, double resolution) {
    if (settled.count() > 0) {
      settled.add(within(value, resolution));
    } else {
      first.add(value);
    }
  }

  /** Goes on without the sample, if it is full. */
  void settle() {
    if (settled.count() == 0 && first.count() >= Sample.SIZE) {
      settled.start(first.quartile(1), first.quartile(2), first.quartile(3));
      first.reset();
    }
  }

  /** Readings seen, as far as they are counted: at least the size of a full sample. */
  int count() {
    return settled.count() > 0 ? Sample.SIZE : first.count();
  }

  /**
   * The value itself, or the fence that it lies beyond. A fence is never nearer than a rounding.
   */
  double within(double value, double resolution) {
    double low = quartile(1);
    double high = quartile(3);
    double reach = Math.max(FENCE * (high - low), resolution);
    return Math.max(low - reach, Math.min(high + reach, value));
  }

  double median() {
    return quartile(2);
  }

  /** Standard deviation of a normal distribution with these quartiles. */
  double scale() {
    return scale(quartile(1), quartile(3));
  }

  static double scale(double firstQuartile, double thirdQuartile) {
    return (thirdQuartile - firstQuartile) / NORMAL_QUARTILES;
  }

  private double quartile(int number) {
    return settled.count() > 0 ? settled.quartile(number) : first.quartile(number);
  }

  void reset() {
    first.reset();
    settled.reset();
  }

  void write(DataOutputView out) throws IOException {
    first.write(out);
    settled.write(out);
  }

  void read(DataInputView in) throws IOException {
    first.read(in);
    settled.read(in);
  }
}
