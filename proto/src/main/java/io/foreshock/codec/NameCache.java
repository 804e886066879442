package io.foreshock.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What was made of names that come again and again as bytes: channels, devices, boots. Finding one
 * takes no String. A place holds one name; another name of the same place replaces it, so the cache
 * stays as small as it is, whatever is sent. Not thread-safe.
 *
 * @param <V> what is made of a name
 */
final class NameCache<V> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Function<String, V> make;
  private final byte[][] names;
  private final Object[] values;

  /**
   * @param bits the cache has two to the power of this many places
   * @param make makes the value of a name; null when the name is none, which is not remembered
   */
  NameCache(int bits, Function<String, V> make) {
    this.make = make;
    this.names = new byte[1 << bits][];
    this.values = new Object[1 << bits];
  }

  /**
   * The value of a name.
   *
   * @return null when the bytes are not printable ASCII, or are no name
   */
  @SuppressWarnings("unchecked")
  V get(byte[] bytes, int from, int length) {
    int place = hash(bytes, from, length) & (names.length - 1);
    byte[] known = names[place];
    if (known != null
        && known.length == length
        && Arrays.equals(known, 0, length, bytes, from, from + length)) {
      return (V) values[place];
    }
    return make(bytes, from, length, place);
  }

  private V make(byte[] bytes, int from, int length, int place) {
    if (!isPrintableAscii(bytes, from, length)) {
      return null;
    }
    V value = make.apply(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    if (value != null) {
      names[place] = Arrays.copyOfRange(bytes, from, from + length);
      values[place] = value;
    }
    return value;
  }

  static boolean isPrintableAscii(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < 0x20 || bytes[i] == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Of length, beginning and end; names that agree in all of these are rare. */
  private static int hash(byte[] bytes, int from, int length) {
    long hash = length;
    if (length >= 8) {
      hash = hash * 31 + (long) LONGS.get(bytes, from);
      hash = hash * 0x9E3779B97F4A7C15L + (long) LONGS.get(bytes, from + length - 8);
    } else {
      for (int i = from; i < from + length; i++) {
        hash = hash * 31 + bytes[i];
      }
    }
    hash *= 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 40);
  }
}
