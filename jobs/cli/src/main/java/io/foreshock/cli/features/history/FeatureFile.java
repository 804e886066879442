package io.foreshock.cli.features.history;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.foreshock.lake.ParquetStream;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.FeatureSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * Rows of one feature set as a Parquet file, with the names of the topic's fields: the features are
 * nullable doubles.
 */
public final class FeatureFile implements AutoCloseable {
  private static final int ROW_GROUP_BYTES = 32 << 20;

  private final OutputStream out;
  private final ParquetWriter<FeatureRow> writer;

  /** Creates the file, and folders on the way. */
  public FeatureFile(Path file, FeatureSet set) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    out = new BufferedOutputStream(Files.newOutputStream(file));
    writer = ParquetStream.writer(out, new Columns(set), ROW_GROUP_BYTES);
  }

  public void write(FeatureRow row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    out.close();
  }

  private static final class Columns extends WriteSupport<FeatureRow> {
    private final FeatureSet set;
    private final MessageType schema;
    private RecordConsumer columns;
    private int column;

    Columns(FeatureSet set) {
      this.set = set;
      Types.GroupBuilder<MessageType> builder =
          Types.buildMessage()
              .required(BINARY)
              .as(stringType())
              .named("tenant")
              .required(BINARY)
              .as(stringType())
              .named("asset_id")
              .required(BINARY)
              .as(stringType())
              .named("asset_class")
              .required(INT64)
              .as(timestampType(true, MILLIS))
              .named("event_time")
              .required(INT64)
              .as(timestampType(true, MILLIS))
              .named("computed_at")
              .required(INT32)
              .named("feature_set_version")
              .required(INT32)
              .named("revision")
              .required(BINARY)
              .as(stringType())
              .named("kind");
      for (FeatureColumn feature : set.columns()) {
        builder.optional(DOUBLE).named(feature.name());
      }
      schema = builder.named("feature_row");
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(
          schema,
          Map.of(
              "foreshock.feature-set",
              set.name(),
              "foreshock.feature-set-version",
              String.valueOf(set.version())));
    }

    @Override
    @Deprecated
    public WriteContext init(Configuration hadoop) {
      return init((ParquetConfiguration) null);
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      columns = consumer;
    }

    @Override
    public void write(FeatureRow row) {
      columns.startMessage();
      column = 0;
      text(row.asset().tenant());
      text(row.asset().assetId());
      text(row.asset().assetClass());
      number(row.eventTimeMillis());
      number(row.computedAtMillis());
      small(row.featureSetVersion());
      small(row.revision());
      text(row.kind().name());
      for (double value : row.values()) {
        if (!Double.isNaN(value)) {
          begin();
          columns.addDouble(value);
          end();
        }
        column++;
      }
      columns.endMessage();
    }

    private void text(String value) {
      begin();
      columns.addBinary(Binary.fromString(value));
      end();
      column++;
    }

    private void number(long value) {
      begin();
      columns.addLong(value);
      end();
      column++;
    }

    private void small(int value) {
      begin();
      columns.addInteger(value);
      end();
      column++;
    }

    private void begin() {
      columns.startField(schema.getFieldName(column), column);
    }

    private void end() {
      columns.endField(schema.getFieldName(column), column);
    }
  }
}
