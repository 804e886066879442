package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Writes rows of one dataset of one tenant as Parquet. Runs without Hadoop's classes. */
final class ParquetFile implements AutoCloseable {
  /** Version of the schemas; stands in each file. A change that readers notice raises it. */
  static final String SCHEMA_VERSION = "1";

  private final Dataset dataset;
  private final Row row = new Row();
  private final ParquetWriter<Row> writer;

  /** One row: the part it is in, and its place there. Changed in place. */
  static final class Row {
    TelemetryBatch part;
    int index;
  }

  ParquetFile(OutputStream out, Dataset dataset, String tenant, int rowGroupBytes)
      throws IOException {
    this.dataset = dataset;
    this.writer =
        new Builder(
                new Target(out),
                dataset,
                Map.of(
                    "foreshock.tenant",
                    tenant,
                    "foreshock.dataset",
                    dataset.folder(),
                    "foreshock.schema",
                    SCHEMA_VERSION))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new ZstdCodecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize((long) rowGroupBytes)
            .withValidation(false)
            .build();
  }

  /** Writes the rows of a part. */
  void write(TelemetryBatch part) throws IOException {
    int rows = dataset.rows(part);
    row.part = part;
    for (row.index = 0; row.index < rows; row.index++) {
      writer.write(row);
    }
  }

  /** Writes what is left and the footer; leaves the stream open. */
  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final WriteSupport<Row> support;

    Builder(OutputFile file, Dataset dataset, Map<String, String> notes) {
      super(file);
      this.support = new RowWriteSupport(dataset, notes);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }

    @Override
    @Deprecated
    protected WriteSupport<Row> getWriteSupport(Configuration hadoop) {
      return support;
    }
  }

  /** A stream that is already open. */
  private record Target(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new Counting(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  /** Counts what passes; closing it leaves the stream below open. */
  private static final class Counting extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int oneByte) throws IOException {
      out.write(oneByte);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
