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

  /** Name of the feed that hears of every record; empty for none. */
  private final String feed;

  /** A file that is read and nobody hears of it. */
  public RecordFile() {
    this("");
  }

  RecordFile(String feed) {
    this.feed = feed;
  }

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

  /** Hands over every record of a file, in order. */
  public static void read(Path path, Target target) throws IOException {
    try (RecordReader reader =
        new RecordReader(
            new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16)),
            null)) {
      for (RawRecord record = reader.read(); record != null; record = reader.read()) {
        target.write(record);
      }
    }
  }

  @Override
  public Reader<RawRecord> createReader(Configuration config, FSDataInputStream stream) {
    return new RecordReader(
        new DataInputStream(new BufferedInputStream(stream, 1 << 16)), RecordFeed.named(feed));
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }

  private static final class RecordReader implements Reader<RawRecord> {
    private final DataInputStream stream;
    private final DataInputViewStreamWrapper view;

    private final RecordFeed feed;

    /**
     * @param feed hears of every record; null for none
     */
    private RecordReader(DataInputStream stream, RecordFeed feed) {
      this.stream = stream;
      this.feed = feed;
      this.view = new DataInputViewStreamWrapper(stream);
    }

    @Override
    public RawRecord read() throws IOException {
      int mark = stream.read();
      if (mark < 0) {
        waitAtEnd();
        return null;
      }
      if (mark != RECORD) {
        throw new EOFException("The record file is damaged: unexpected byte " + mark + ".");
      }
      RawRecord record = RawRecordSerializer.INSTANCE.deserialize(view);
      if (feed != null) {
        feed.read(record.key());
      }
      return record;
    }

    private void waitAtEnd() throws IOException {
      try {
        if (feed != null) {
          feed.waitAtEnd();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted at the end of the records.", e);
      }
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
