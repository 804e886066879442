package io.foreshock.codec.avro;

import java.nio.ByteBuffer;

/** The five bytes in front of a value in Confluent's wire format, and the name of a subject. */
final class Confluent {
  static final byte MAGIC = 0;
  static final int FRONT_BYTES = 5;

  private Confluent() {}

  static byte[] front(int id) {
    return ByteBuffer.allocate(FRONT_BYTES).put(MAGIC).putInt(id).array();
  }

  static boolean isFrontOf(byte[] value) {
    return value.length >= FRONT_BYTES && value[0] == MAGIC;
  }

  static int id(byte[] value) {
    return ByteBuffer.wrap(value).getInt(1);
  }
}
