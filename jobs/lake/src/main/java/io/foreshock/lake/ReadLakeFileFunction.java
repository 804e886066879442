package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.Collector;
import org.apache.parquet.PlainReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a file of a lake: neighbouring rows of a message as one batch, a row group in memory at a
 * time. Tenant and dataset are those that the file names itself.
 */
public final class ReadLakeFileFunction implements FlatMapFunction<String, TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(String file, Collector<TelemetryBatch> out) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new FlinkInputFile(new Path(file)), PlainReadOptions.with(new ZstdCodecs()))) {
      read(reader, out);
    } catch (RuntimeException e) {
      throw new IOException(
          "%s cannot be read as a file of a lake: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void read(ParquetFileReader reader, Collector<TelemetryBatch> out)
      throws IOException {
    var notes = reader.getFileMetaData().getKeyValueMetaData();
    String version = notes.get("foreshock.schema");
    if (!ParquetFile.SCHEMA_VERSION.equals(version)) {
      throw new IllegalArgumentException(
          "its schema version is " + version + ", this build reads " + ParquetFile.SCHEMA_VERSION);
    }
    MessageType schema = reader.getFileMetaData().getSchema();
    Dataset dataset =
        Dataset.valueOf(notes.get("foreshock.dataset").toUpperCase(java.util.Locale.ROOT));
    RowReader rows = new RowReader(dataset, notes.get("foreshock.tenant"), schema);
    for (PageReadStore group = reader.readNextRowGroup();
        group != null;
        group = reader.readNextRowGroup()) {
      RecordReader<Group> records =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(group, new GroupRecordConverter(schema));
      for (long left = group.getRowCount(); left > 0; left--) {
        emit(rows.take(records.read()), out);
      }
    }
    emit(rows.batch(), out);
  }

  private static void emit(TelemetryBatch batch, Collector<TelemetryBatch> out) {
    if (batch != null) {
      out.collect(batch);
    }
  }
}
