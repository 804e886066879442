package io.foreshock.lake;

import io.foreshock.lake.ParquetFile.Row;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Turns rows into columns. An absent value is null: empty text, NaN where the model allows it. */
final class RowWriteSupport extends WriteSupport<Row> {
  private static final int MAX_REMEMBERED = 10_000;

  private final Dataset dataset;
  private final MessageType schema;
  private final Map<String, String> notes;
  private final Map<String, Binary> encoded = new HashMap<>();
  private RecordConsumer columns;
  private int column;

  RowWriteSupport(Dataset dataset, Map<String, String> notes) {
    this.dataset = dataset;
    this.schema = dataset.schema();
    this.notes = notes;
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(schema, notes);
  }

  @Override
  @Deprecated
  public WriteContext init(Configuration hadoop) {
    return new WriteContext(schema, notes);
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.columns = consumer;
  }

  @Override
  public void write(Row row) {
    TelemetryBatch part = row.part;
    columns.startMessage();
    column = 0;
    text(part.asset().assetId());
    text(part.asset().assetClass());
    text(part.deviceId());
    number(dataset.eventTimeMillis(part, row.index));
    number(part.appendTimeMillis());
    truth(part.backlog());
    text(part.bootId());
    if (part.isSequenced()) {
      number(part.sequence());
    } else {
      column++;
    }
    text(part.messageId());
    writeOwn(part, row.index);
    columns.endMessage();
  }

  private void writeOwn(TelemetryBatch part, int index) {
    switch (dataset) {
      case READINGS -> {
        Measurement measurement = part.measurements().get(index);
        text(measurement.channel());
        decimal(measurement.value());
      }
      case FAULT_CODES -> {
        FaultCode fault = part.faultCodes().get(index);
        text(fault.code());
        text(fault.component());
        choice(fault.severity(), FaultCode.Severity.UNSPECIFIED);
      }
      case MAINTENANCE -> {
        MaintenanceEvent event = part.maintenanceEvents().get(index);
        text(event.component());
        choice(event.kind(), MaintenanceEvent.Kind.UNSPECIFIED);
      }
      case OPERATING_STATES -> choice(part.operatingStateChanges().get(index).state(), null);
      case POSITIONS -> {
        Position position = part.positions().get(index);
        decimal(position.latitudeDegrees());
        decimal(position.longitudeDegrees());
        measured(position.speedMetresPerSecond());
        measured(position.headingDegrees());
        measured(position.accuracyMetres());
      }
    }
  }

  private void text(String value) {
    if (!value.isEmpty()) {
      begin();
      columns.addBinary(encode(value));
      end();
    }
    column++;
  }

  private void number(long value) {
    begin();
    columns.addLong(value);
    end();
    column++;
  }

  private void decimal(double value) {
    begin();
    columns.addDouble(value);
    end();
    column++;
  }

  private void measured(double value) {
    if (Double.isNaN(value)) {
      column++;
    } else {
      decimal(value);
    }
  }

  private void truth(boolean value) {
    begin();
    columns.addBoolean(value);
    end();
    column++;
  }

  private void choice(Enum<?> value, Enum<?> absent) {
    text(value == absent ? "" : value.name().toLowerCase(Locale.ROOT));
  }

  private void begin() {
    columns.startField(schema.getFieldName(column), column);
  }

  private void end() {
    columns.endField(schema.getFieldName(column), column);
  }

  /** Names come again and again; message ids do not and only pass through. */
  private Binary encode(String value) {
    Binary known = encoded.get(value);
    if (known == null) {
      known = Binary.fromString(value);
      if (encoded.size() >= MAX_REMEMBERED) {
        encoded.clear();
      }
      encoded.put(value, known);
    }
    return known;
  }
}
