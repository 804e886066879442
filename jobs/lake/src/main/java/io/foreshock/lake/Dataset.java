package io.foreshock.lake;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.foreshock.model.TelemetryBatch;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.function.ToLongBiFunction;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.GroupBuilder;

/** A kind of row, with a folder and a schema of its own. The README has the schemas in words. */
enum Dataset {
  READINGS(
      batch -> batch.measurements().size(),
      (batch, row) -> batch.measurements().get(row).eventTimeMillis(),
      common()
          .required(BINARY)
          .as(stringType())
          .named("channel")
          .required(DOUBLE)
          .named("value")
          .named("reading")),

  FAULT_CODES(
      batch -> batch.faultCodes().size(),
      (batch, row) -> batch.faultCodes().get(row).eventTimeMillis(),
      common()
          .required(BINARY)
          .as(stringType())
          .named("code")
          .optional(BINARY)
          .as(stringType())
          .named("component")
          .optional(BINARY)
          .as(stringType())
          .named("severity")
          .named("fault_code")),

  MAINTENANCE(
      batch -> batch.maintenanceEvents().size(),
      (batch, row) -> batch.maintenanceEvents().get(row).eventTimeMillis(),
      common()
          .required(BINARY)
          .as(stringType())
          .named("component")
          .optional(BINARY)
          .as(stringType())
          .named("kind")
          .named("maintenance")),

  OPERATING_STATES(
      batch -> batch.operatingStateChanges().size(),
      (batch, row) -> batch.operatingStateChanges().get(row).eventTimeMillis(),
      common().required(BINARY).as(stringType()).named("state").named("operating_state")),

  POSITIONS(
      batch -> batch.positions().size(),
      (batch, row) -> batch.positions().get(row).eventTimeMillis(),
      common()
          .required(DOUBLE)
          .named("latitude_degrees")
          .required(DOUBLE)
          .named("longitude_degrees")
          .optional(DOUBLE)
          .named("speed_m_s")
          .optional(DOUBLE)
          .named("heading_degrees")
          .optional(DOUBLE)
          .named("accuracy_m")
          .named("position"));

  /** Columns that every dataset begins with. */
  static final int COMMON_COLUMNS = 9;

  private final ToIntFunction<TelemetryBatch> rows;
  private final ToLongBiFunction<TelemetryBatch, Integer> eventTime;
  private final MessageType schema;

  Dataset(
      ToIntFunction<TelemetryBatch> rows,
      ToLongBiFunction<TelemetryBatch, Integer> eventTime,
      MessageType schema) {
    this.rows = rows;
    this.eventTime = eventTime;
    this.schema = schema;
  }

  /** The only dataset that a part of a batch has rows of. */
  static Dataset of(TelemetryBatch part) {
    for (Dataset dataset : values()) {
      if (dataset.rows(part) > 0) {
        return dataset;
      }
    }
    throw new IllegalArgumentException("A heartbeat belongs to no dataset.");
  }

  /** Name of the folder. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  MessageType schema() {
    return schema;
  }

  /** Number of rows that the batch has of this dataset. */
  int rows(TelemetryBatch batch) {
    return rows.applyAsInt(batch);
  }

  /** Event time of a row, in milliseconds since 1970. */
  long eventTimeMillis(TelemetryBatch batch, int row) {
    return eventTime.applyAsLong(batch, row);
  }

  private static GroupBuilder<MessageType> common() {
    return Types.buildMessage()
        .required(BINARY)
        .as(stringType())
        .named("asset_id")
        .optional(BINARY)
        .as(stringType())
        .named("asset_class")
        .required(BINARY)
        .as(stringType())
        .named("device_id")
        .required(INT64)
        .as(timestampType(true, MILLIS))
        .named("event_time")
        .required(INT64)
        .as(timestampType(true, MILLIS))
        .named("append_time")
        .required(BOOLEAN)
        .named("backlog")
        .optional(BINARY)
        .as(stringType())
        .named("boot_id")
        .optional(INT64)
        .named("sequence")
        .optional(BINARY)
        .as(stringType())
        .named("message_id");
  }
}
