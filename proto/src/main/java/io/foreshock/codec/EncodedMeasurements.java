package io.foreshock.codec;

import io.foreshock.model.Measurement;
import io.foreshock.model.TimedItems;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * Readings of a batch beside the bytes that they came in: whoever passes them on as they are need
 * not write them again, and whoever looks at none of them need not read them. In order of event
 * time, then channel; checked before, and written as the generated classes write them.
 */
public final class EncodedMeasurements extends AbstractList<Measurement>
    implements RandomAccess, TimedItems {
  private static final int CHANNEL = 1 << 3 | WireScanner.BYTES;
  private static final int EVENT_TIME = 2 << 3 | WireScanner.VARINT;
  private static final int VALUE = 3 << 3 | WireScanner.FIXED64;

  private final byte[] bytes;
  private final int from;
  private final int length;
  private final int size;
  private final long oldestMillis;
  private final long newestMillis;

  /** Made when the first is asked for; a running checkpoint may ask too, in its own thread. */
  private volatile Measurement[] readings;

  /**
   * Readings with the field {@code measurements} of a message, all of them, one after another.
   *
   * @param readings what the bytes hold; null to make them when they are asked for
   */
  EncodedMeasurements(
      byte[] bytes,
      int from,
      int length,
      int size,
      long oldestMillis,
      long newestMillis,
      Measurement[] readings) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
    this.size = size;
    this.oldestMillis = oldestMillis;
    this.newestMillis = newestMillis;
    this.readings = readings;
  }

  /**
   * Readings as they were taken apart.
   *
   * @param bytes of {@link #bytes}, from {@link #from}, {@link #length} of them, and no more
   * @param size how many readings they are
   */
  public static EncodedMeasurements of(
      byte[] bytes, int size, long oldestMillis, long newestMillis) {
    return new EncodedMeasurements(bytes, 0, bytes.length, size, oldestMillis, newestMillis, null);
  }

  /** What holds the encoded readings; must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the encoded readings begin. */
  public int from() {
    return from;
  }

  /** How many bytes the encoded readings take. */
  public int length() {
    return length;
  }

  @Override
  public long oldestEventTimeMillis() {
    return oldestMillis;
  }

  @Override
  public long newestEventTimeMillis() {
    return newestMillis;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Measurement get(int index) {
    return readings()[index];
  }

  @Override
  public Object[] toArray() {
    return Arrays.copyOf(readings(), size, Object[].class);
  }

  @Override
  public <T> T[] toArray(T[] array) {
    return Arrays.asList(readings()).toArray(array);
  }

  private Measurement[] readings() {
    Measurement[] known = readings;
    if (known == null) {
      known = read();
      readings = known;
    }
    return known;
  }

  private Measurement[] read() {
    Measurement[] items = new Measurement[size];
    NameCache<String> channels = new NameCache<>(6, channel -> channel);
    WireScanner in = new WireScanner();
    in.begin(bytes);
    in.at = from;
    int end = from + length;
    for (int i = 0; i < size; i++) {
      // The field's tag.
      in.varint();
      items[i] = read(in, in.length(end), channels);
    }
    if (in.failed || in.at != end) {
      throw new IllegalStateException(
          "The bytes of " + size + " readings do not hold them: " + length + " bytes");
    }
    return items;
  }

  private static Measurement read(WireScanner in, int length, NameCache<String> channels) {
    int end = in.at + length;
    String channel = "";
    long time = 0;
    double value = 0;
    while (in.at < end && !in.failed) {
      switch ((int) in.varint()) {
        case CHANNEL -> {
          int size = in.length(end);
          channel = channels.get(in.bytes, in.at, size);
          in.at += size;
        }
        case EVENT_TIME -> time = in.varint();
        case VALUE -> value = in.fixed64();
        default -> in.failed = true;
      }
    }
    return new Measurement(channel, time, value);
  }
}
