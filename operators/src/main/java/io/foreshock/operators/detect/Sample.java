package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Uniform sample of a stream, sorted: reservoir sampling (Vitter, ACM Transactions on Mathematical
 * Software 11(1), 1985, algorithm R) with a sequence of its own, so that a replay draws the same
 * sample. Its quartiles feel how many outliers there are, never how far they lie.
 */
final class Sample {
  /** With a tenth of outliers, a quarter of the sample is one with a probability of 0.0006. */
  static final int SIZE = 64;

  private final double[] sorted = new double[SIZE];
  private int count;

  void add(double value) {
    int size = size();
    if (count++ < SIZE) {
      insert(value, size);
      return;
    }
    long drawn = Long.remainderUnsigned(mix(count), count);
    if (drawn < SIZE) {
      int leaves = (int) drawn;
      System.arraycopy(sorted, leaves + 1, sorted, leaves, SIZE - 1 - leaves);
      insert(value, SIZE - 1);
    }
  }

  private void insert(double value, int size) {
    int i = size;
    while (i > 0 && sorted[i - 1] > value) {
      sorted[i] = sorted[i - 1];
      i--;
    }
    sorted[i] = value;
  }

  /** SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
  private static long mix(long number) {
    long z = number * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Values seen, not only those kept. */
  int count() {
    return count;
  }

  private int size() {
    return Math.min(count, SIZE);
  }

  /** A quartile, 1 to 3, between the two values around it. */
  double quartile(int number) {
    double at = (size() - 1) * number / 4.0;
    int below = (int) at;
    int above = Math.min(below + 1, size() - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  void reset() {
    count = 0;
    Arrays.fill(sorted, 0);
  }

  void write(DataOutputView out) throws IOException {
    Fields.writeVarInt(count, out);
    for (int i = 0; i < size(); i++) {
      out.writeDouble(sorted[i]);
    }
  }

  void read(DataInputView in) throws IOException {
    count = Fields.readVarInt(in);
    for (int i = 0; i < size(); i++) {
      sorted[i] = in.readDouble();
    }
  }
}
