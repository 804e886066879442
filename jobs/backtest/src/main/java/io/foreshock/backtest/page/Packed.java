package io.foreshock.backtest.page;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * Points of a channel as text: times as differences in variable length, values as 16 bits between
 * the smallest and the largest, both in base64. {@code js/decode.js} reads it.
 *
 * @param originMillis time of the first point
 * @param unitMillis differences count in this many milliseconds
 * @param low value that 0 stands for
 * @param high value that {@value #STEPS} stands for
 */
record Packed(
    long originMillis, long unitMillis, String times, double low, double high, String values) {
  static final int STEPS = 65_535;

  static Packed of(long[] times, double[] values) {
    long unit = unit(times);
    ByteArrayOutputStream packedTimes = new ByteArrayOutputStream(times.length * 2);
    for (int i = 0; i < times.length; i++) {
      writeVariable(packedTimes, i == 0 ? 0 : (times[i] - times[i - 1]) / unit);
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    byte[] packedValues = new byte[values.length * 2];
    // Halves first: the difference of two large values may not be finite.
    double half = high / 2 - low / 2;
    for (int i = 0; i < values.length; i++) {
      double share = half == 0 ? 0 : (values[i] / 2 - low / 2) / half;
      int step = (int) Math.round(share * STEPS);
      packedValues[2 * i] = (byte) step;
      packedValues[2 * i + 1] = (byte) (step >>> 8);
    }
    Base64.Encoder encoder = Base64.getEncoder();
    return new Packed(
        times.length == 0 ? 0 : times[0],
        unit,
        encoder.encodeToString(packedTimes.toByteArray()),
        values.length == 0 ? 0 : low,
        values.length == 0 ? 0 : high,
        encoder.encodeToString(packedValues));
  }

  /** Largest number of milliseconds that divides every difference; 1 when all times are equal. */
  private static long unit(long[] times) {
    long unit = 0;
    for (int i = 1; i < times.length && unit != 1; i++) {
      long a = times[i] - times[i - 1];
      while (a != 0) {
        long rest = unit % a;
        unit = a;
        a = rest;
      }
    }
    return Math.max(1, unit);
  }

  private static void writeVariable(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
