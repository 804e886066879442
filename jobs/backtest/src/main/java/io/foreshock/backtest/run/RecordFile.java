package io.foreshock.backtest.run;

import io.foreshock.model.RawRecord;
import io.foreshock.state.RawRecordSerializer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/** A file of raw records, one after the other: what a topic would have held. */
public final class RecordFile extends SimpleStreamFormat<RawRecord> {
  private static final long serialVersionUID = 1L;

  /** Marks that another record follows. */
  private static final int RECORD = 1;

  /** Writes all its records, in the order of the broker's clock, and returns their number. */
  @FunctionalInterface
  public interface Content {
    long writeTo(Target target) throws IOException;
  }

  /** Takes records, one after the other. */
  @FunctionalInterface
  public interface Target {
    void write(RawRecord record) throws IOException;
  }

  /**
   * Creates the file and fills it.
   *
   * @return number of records
   */
  public static long write(Path path, Content records) throws IOException {
    try (var out =
        new DataOutputViewStreamWrapper(
            new BufferedOutputStream(Files.newOutputStream(path), 1 << 16))) {
      return records.writeTo(
          record -> {
            out.write(RECORD);
            RawRecordSerializer.INSTANCE.serialize(record, out);
          });
    }
  }

  @Override
  public Reader<RawRecord> createReader(Configuration config, FSDataInputStream stream) {
    return new RecordReader(new DataInputStream(new BufferedInputStream(stream, 1 << 16)));
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }

  private static final class RecordReader implements Reader<RawRecord> {
    private final DataInputStream stream;
    private final DataInputViewStreamWrapper view;

    private RecordReader(DataInputStream stream) {
      this.stream = stream;
      this.view = new DataInputViewStreamWrapper(stream);
    }

    @Override
    public RawRecord read() throws IOException {
      int mark = stream.read();
      if (mark < 0) {
        return null;
      }
      if (mark != RECORD) {
        throw new EOFException("The record file is damaged: unexpected byte " + mark + ".");
      }
      return RawRecordSerializer.INSTANCE.deserialize(view);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
