package io.foreshock.codec.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The ten bytes in front of a value in single-object encoding. */
final class SingleObject {
  static final byte FIRST = (byte) 0xC3;
  static final byte SECOND = 0x01;
  static final int FRONT_BYTES = 10;

  private SingleObject() {}

  static byte[] front(Schema schema) {
    return ByteBuffer.allocate(FRONT_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(FIRST)
        .put(SECOND)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  static boolean isFrontOf(byte[] value) {
    return value.length >= FRONT_BYTES && value[0] == FIRST && value[1] == SECOND;
  }

  static long fingerprint(byte[] value) {
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
  }
}
