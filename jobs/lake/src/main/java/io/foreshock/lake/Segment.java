package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.state.TelemetryBatchSerializer;
import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A hidden file of rows of one folder that wait to become part of a Parquet file.
 *
 * <p>Form: for each part of a batch its length in bytes (4 bytes, big endian), then {@link
 * TelemetryBatchSerializer}'s form, which begins with its version; so a segment that an older
 * release left behind can be read. Appending costs no more than a buffer for each open file, which
 * a Parquet writer with a buffer for each column would not.
 */
final class Segment {
  private static final int BUFFER_BYTES = 16 * 1024;

  private Segment() {}

  /** Makes writers of segments. */
  static BulkWriter.Factory<TelemetryBatch> writers() {
    return Writer::new;
  }

  private static final class Writer implements BulkWriter<TelemetryBatch> {
    private final FSDataOutputStream file;
    private final DataOutputSerializer buffer = new DataOutputSerializer(1024);

    Writer(FSDataOutputStream file) {
      this.file = file;
    }

    @Override
    public void addElement(TelemetryBatch part) throws IOException {
      int begin = buffer.length();
      buffer.writeInt(0);
      TelemetryBatchSerializer.INSTANCE.serialize(part, buffer);
      buffer.writeIntUnsafe(buffer.length() - begin - Integer.BYTES, begin);
      if (buffer.length() >= BUFFER_BYTES) {
        flush();
      }
    }

    @Override
    public void flush() throws IOException {
      file.write(buffer.getSharedBuffer(), 0, buffer.length());
      buffer.clear();
    }

    @Override
    public void finish() throws IOException {
      flush();
    }
  }

  /** Takes what a segment holds. */
  @FunctionalInterface
  interface Taker {
    void take(TelemetryBatch part) throws IOException;
  }

  /**
   * Reads a whole segment.
   *
   * @throws EOFException when its end is missing; a committed segment is always complete
   */
  static void read(Path path, Taker taker) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer();
    byte[] bytes = new byte[1024];
    try (FSDataInputStream file = path.getFileSystem().open(path, BUFFER_BYTES);
        java.io.DataInputStream data =
            new java.io.DataInputStream(new java.io.BufferedInputStream(file, 4 * BUFFER_BYTES))) {
      for (int first = data.read(); first >= 0; first = data.read()) {
        int length =
            first << 24
                | data.readUnsignedByte() << 16
                | data.readUnsignedByte() << 8
                | data.readUnsignedByte();
        if (bytes.length < length) {
          bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        data.readFully(bytes, 0, length);
        in.setBuffer(bytes, 0, length);
        taker.take(TelemetryBatchSerializer.INSTANCE.deserialize(in));
      }
    }
  }
}
