package io.foreshock.operators.features;

/**
 * A number of about 106 bits as the sum of two doubles (Dekker, Numerische Mathematik 18, 1971).
 * What loses half of its digits in a subtraction still is exact to a double.
 *
 * @param high nearest double
 * @param low the rest
 */
record DoubleDouble(double high, double low) {

  /** The sum of two doubles, the first not smaller than the second. */
  static DoubleDouble of(double large, double small) {
    double high = large + small;
    return new DoubleDouble(high, small - (high - large));
  }

  static DoubleDouble of(double value) {
    return new DoubleDouble(value, 0);
  }

  /** Of a number that a double may not hold. */
  static DoubleDouble of(long value) {
    double high = (double) (value >> 32) * 0x1p32;
    return of(high, value & 0xFFFF_FFFFL);
  }

  DoubleDouble plus(DoubleDouble other) {
    double sum = high + other.high;
    double part = sum - high;
    double error = (high - (sum - part)) + (other.high - part);
    return of(sum, error + (low + other.low));
  }

  DoubleDouble minus(DoubleDouble other) {
    return plus(new DoubleDouble(-other.high, -other.low));
  }

  DoubleDouble times(DoubleDouble other) {
    double product = high * other.high;
    double error = Math.fma(high, other.high, -product);
    return of(product, error + (high * other.low + low * other.high));
  }

  double value() {
    return high + low;
  }
}
