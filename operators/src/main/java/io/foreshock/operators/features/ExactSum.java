package io.foreshock.operators.features;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Sum of doubles without rounding: the same whatever their order and however they are split into
 * partial sums. A fixed-point number of 32-bit limbs that covers every double (Neal, "Fast exact
 * summation using small and large superaccumulators", arXiv:1505.05571); a stored sum of readings
 * of one channel takes three or four limbs.
 */
final class ExactSum {
  /** Largest magnitude of values whose squares and products with times can be summed. */
  static final double LARGEST = 1e150;

  /** Weight of limb 0 is 2^-1088, below the smallest double. */
  private static final int BELOW = 1_088;

  private static final int LIMBS = 72;
  private static final long LOW = 0xFFFF_FFFFL;
  private static final int MOST_PENDING = 1 << 30;

  /** Limbs that take part in the conversion to two doubles: 160 bits. */
  private static final int CONVERTED = 5;

  private final long[] limbs = new long[LIMBS];
  private final long[] magnitude = new long[LIMBS];

  /** Limbs outside of from (inclusive) to to (exclusive) are zero; only the topmost is negative. */
  private int from = LIMBS;

  private int to;
  private int pending;

  /** What {@link #toMagnitude} found: its limbs, and the sign. */
  private int bottom;

  private int top;
  private boolean negative;

  void clear() {
    if (from < to) {
      Arrays.fill(limbs, from, to, 0);
    }
    from = LIMBS;
    to = 0;
    pending = 0;
  }

  /** Adds a finite value. */
  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    long mantissa = bits & ((1L << 52) - 1);
    if (exponent == 0) {
      if (mantissa == 0) {
        return;
      }
      exponent = 1;
    } else {
      mantissa |= 1L << 52;
    }
    int position = exponent - 1_075 + BELOW;
    int limb = position >>> 5;
    int shift = position & 31;
    long first = (mantissa << shift) & LOW;
    long second = (mantissa >>> (32 - shift)) & LOW;
    long third = shift == 0 ? 0 : mantissa >>> (64 - shift);
    if (bits < 0) {
      limbs[limb] -= first;
      limbs[limb + 1] -= second;
      limbs[limb + 2] -= third;
    } else {
      limbs[limb] += first;
      limbs[limb + 1] += second;
      limbs[limb + 2] += third;
    }
    touched(limb, limb + 3);
  }

  /** Adds the product of two values without rounding it, unless it is below 1e-290. */
  void addProduct(double one, double other) {
    double product = one * other;
    add(product);
    add(Math.fma(one, other, -product));
  }

  void add(ExactSum other) {
    if (other.from < other.to) {
      other.carry();
      for (int i = other.from; i < other.to; i++) {
        limbs[i] += other.limbs[i];
      }
      touched(other.from, other.to);
    }
  }

  private void touched(int first, int end) {
    from = Math.min(from, first);
    to = Math.max(to, end);
    if (++pending >= MOST_PENDING) {
      carry();
    }
  }

  private void carry() {
    long carried = 0;
    for (int i = from; i < to - 1; i++) {
      long limb = limbs[i] + carried;
      limbs[i] = limb & LOW;
      carried = limb >> 32;
    }
    long highest = limbs[to - 1] + carried;
    if (Math.abs(highest) <= LOW) {
      limbs[to - 1] = highest;
    } else {
      limbs[to - 1] = highest & LOW;
      limbs[to++] = highest >> 32;
    }
    pending = 1;
  }

  /** The one form of a value, whatever it was summed of: sign, and limbs without zeros around. */
  private void toMagnitude() {
    negative = false;
    bottom = 0;
    top = 0;
    if (from >= to) {
      return;
    }
    carry();
    bottom = from;
    top = to;
    while (top > bottom && limbs[top - 1] == 0) {
      top--;
    }
    if (top == bottom) {
      return;
    }
    negative = limbs[top - 1] < 0;
    long carried = 0;
    for (int i = bottom; i < top; i++) {
      long limb = (negative ? -limbs[i] : limbs[i]) + carried;
      magnitude[i] = limb & LOW;
      carried = limb >> 32;
    }
    while (top > bottom && magnitude[top - 1] == 0) {
      top--;
    }
    while (bottom < top && magnitude[bottom] == 0) {
      bottom++;
    }
  }

  /** The sum, to about 106 bits. */
  DoubleDouble value() {
    toMagnitude();
    double high = 0;
    double low = 0;
    for (int i = top - 1; i >= Math.max(bottom, top - CONVERTED); i--) {
      double limb = Math.scalb((double) magnitude[i], 32 * i - BELOW);
      double sum = high + limb;
      low += limb - (sum - high);
      high = sum;
    }
    return negative ? DoubleDouble.of(-high, -low) : DoubleDouble.of(high, low);
  }

  void write(DataOutputView out) throws IOException {
    toMagnitude();
    Fields.writeVarInt((top - bottom) << 1 | (negative ? 1 : 0), out);
    if (top > bottom) {
      Fields.writeVarInt(bottom, out);
      for (int i = bottom; i < top; i++) {
        out.writeInt((int) magnitude[i]);
      }
    }
  }

  /** Adds a sum that was written. */
  void addFrom(DataInputView in) throws IOException {
    int header = Fields.readVarInt(in);
    int size = header >>> 1;
    if (size == 0) {
      return;
    }
    boolean minus = (header & 1) != 0;
    int first = Fields.readVarInt(in);
    if (first + size > LIMBS) {
      throw new IOException("A sum in state has a limb " + (first + size) + ": it is damaged.");
    }
    for (int i = first; i < first + size; i++) {
      long limb = in.readInt() & LOW;
      limbs[i] += minus ? -limb : limb;
    }
    touched(first, first + size);
  }

  /** Passes over a sum that was written. */
  static void skip(DataInputView in) throws IOException {
    int size = Fields.readVarInt(in) >>> 1;
    if (size > 0) {
      Fields.readVarInt(in);
      in.skipBytesToRead(4 * size);
    }
  }
}
