package io.foreshock.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Steps through the bytes of a Protobuf message. Does not throw: after anything that is not as it
 * should be, {@link #failed} is true and numbers are 0.
 */
final class WireScanner {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bytes;
  int at;
  boolean failed;

  void begin(byte[] message) {
    bytes = message;
    at = 0;
    failed = false;
  }

  /** A number of up to ten bytes. */
  long varint() {
    if (at < bytes.length && bytes[at] >= 0) {
      return bytes[at++];
    }
    long value = 0;
    for (int shift = 0; shift < 64 && at < bytes.length; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    failed = true;
    return 0;
  }

  double fixed64() {
    if (bytes.length - at < 8) {
      failed = true;
      return 0;
    }
    double value = Double.longBitsToDouble((long) LONGS.get(bytes, at));
    at += 8;
    return value;
  }

  /** Length of what follows; it lies within the message up to a limit. */
  int length(int limit) {
    long length = varint();
    if (length < 0 || length > limit - at) {
      failed = true;
      return 0;
    }
    return (int) length;
  }
}
