package io.foreshock.state;

import io.foreshock.model.AssetRef;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Where batches come from, in bytes and as objects. The same devices send again and again, so what
 * was made of one is kept; a place holds one origin, another one of the same place replaces it, and
 * no more is kept however many devices there are.
 *
 * <p>Threads may share it: a place holds a whole, immutable origin, or another one.
 */
final class Origins {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PLACES = 1 << 13;

  private final Origin[] written = new Origin[PLACES];
  private final Origin[] read = new Origin[PLACES];

  /**
   * Who sent a batch.
   *
   * @param bytes form of the three in a stream
   */
  record Origin(AssetRef asset, String deviceId, String bootId, byte[] bytes) {}

  void write(AssetRef asset, String deviceId, String bootId, DataOutputView out)
      throws IOException {
    int place =
        (asset.key().hashCode() * 31 + deviceId.hashCode()) * 31 + bootId.hashCode() & PLACES - 1;
    Origin origin = written[place];
    if (origin == null
        || !origin.asset.equals(asset)
        || !origin.deviceId.equals(deviceId)
        || !origin.bootId.equals(bootId)) {
      origin = new Origin(asset, deviceId, bootId, bytes(asset, deviceId, bootId));
      written[place] = origin;
    }
    Fields.writeBytes(origin.bytes, out);
  }

  private static byte[] bytes(AssetRef asset, String deviceId, String bootId) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(128);
    Fields.writeAsset(asset, out);
    Fields.writeText(deviceId, out);
    Fields.writeText(bootId, out);
    return out.getCopyOfBuffer();
  }

  Origin read(DataInputView in) throws IOException {
    byte[] bytes = Fields.readBytes(in);
    int place = hash(bytes) & PLACES - 1;
    Origin origin = read[place];
    if (origin == null || !Arrays.equals(origin.bytes, bytes)) {
      origin = origin(bytes);
      read[place] = origin;
    }
    return origin;
  }

  private static Origin origin(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    return new Origin(Fields.readAsset(in), Fields.readText(in), Fields.readText(in), bytes);
  }

  private static int hash(byte[] bytes) {
    long hash = bytes.length;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    for (; at < bytes.length; at++) {
      hash = (hash ^ bytes[at]) * 0x9E3779B97F4A7C15L;
    }
    return (int) (hash >>> 40);
  }
}
