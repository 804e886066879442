package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetWriter;

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
        ParquetStream.writer(
            out,
            new RowWriteSupport(
                dataset,
                Map.of(
                    "foreshock.tenant",
                    tenant,
                    "foreshock.dataset",
                    dataset.folder(),
                    "foreshock.schema",
                    SCHEMA_VERSION)),
            rowGroupBytes);
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
}
