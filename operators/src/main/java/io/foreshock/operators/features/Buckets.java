package io.foreshock.operators.features;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How many values fell into which of a fixed set of buckets: percentiles of any union of slices,
 * the same whatever the order. A bucket is a 64th of a power of two wide, so its middle is within
 * 0.8 % of every value in it; magnitudes below 2^-30 are one bucket around zero, those above 2^40
 * one at each end.
 */
final class Buckets {
  private static final int FRACTION_BITS = 6;
  private static final int SHIFT = 52 - FRACTION_BITS;
  private static final int SMALLEST = key(0x1p-30);
  private static final int LARGEST = key(0x1p40);

  private int[] buckets = new int[16];
  private long[] counts = new long[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(double value) {
    add(bucket(value), 1);
  }

  /** Number of the bucket: 0 around zero, growing with the value. */
  private static int bucket(double value) {
    int key = key(Math.abs(value));
    int bucket = key < SMALLEST ? 0 : Math.min(key, LARGEST) - SMALLEST + 1;
    return value < 0 ? -bucket : bucket;
  }

  private static int key(double magnitude) {
    return (int) (Double.doubleToRawLongBits(magnitude) >>> SHIFT);
  }

  private static double middle(int bucket) {
    if (bucket == 0) {
      return 0;
    }
    long key = Math.abs(bucket) + SMALLEST - 1;
    double from = Double.longBitsToDouble(key << SHIFT);
    double until = Double.longBitsToDouble((key + 1) << SHIFT);
    return Math.signum(bucket) * (from + until) / 2;
  }

  private void add(int bucket, long count) {
    int at = Arrays.binarySearch(buckets, 0, size, bucket);
    if (at >= 0) {
      counts[at] += count;
      return;
    }
    at = -at - 1;
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(buckets, at, buckets, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    buckets[at] = bucket;
    counts[at] = count;
    size++;
  }

  /**
   * A percentile by nearest rank.
   *
   * @param percent above 0, below 100
   * @param total number of values
   */
  double percentile(double percent, long total) {
    long rank = Math.max(1, (long) Math.ceil(percent / 100 * total));
    long seen = 0;
    for (int i = 0; i < size; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return middle(buckets[i]);
      }
    }
    return Double.NaN;
  }

  void write(DataOutputView out) throws IOException {
    Fields.writeVarInt(size, out);
    int previous = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0) {
        Fields.writeSignedVarLong(buckets[0], out);
      } else {
        Fields.writeVarInt(buckets[i] - previous, out);
      }
      previous = buckets[i];
      Fields.writeVarLong(counts[i], out);
    }
  }

  void addFrom(DataInputView in) throws IOException {
    int read = Fields.readVarInt(in);
    int bucket = 0;
    for (int i = 0; i < read; i++) {
      bucket = i == 0 ? (int) Fields.readSignedVarLong(in) : bucket + Fields.readVarInt(in);
      add(bucket, Fields.readVarLong(in));
    }
  }

  static void skip(DataInputView in) throws IOException {
    int read = Fields.readVarInt(in);
    for (int i = 0; i < 2 * read; i++) {
      Fields.readVarLong(in);
    }
  }
}
