package io.foreshock.codec.avro;

import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** {@link SessionRow} as a record of {@code session.avsc}. Absent is null there. */
public final class SessionRecords {
  private static final String FILE = "/io/foreshock/avro/session.avsc";

  /** The schema; one object, as {@link AvroValueEncoder} likes it. */
  public static final Schema SCHEMA = read();

  private static final Map<Enum<?>, GenericData.EnumSymbol> SYMBOLS = symbols();

  private SessionRecords() {}

  private static Schema read() {
    try (InputStream in = SessionRecords.class.getResourceAsStream(FILE)) {
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Enum<?>, GenericData.EnumSymbol> symbols() {
    Map<Enum<?>, GenericData.EnumSymbol> symbols = new HashMap<>();
    Schema sources = SCHEMA.getField("distance_source").schema().getTypes().get(1);
    put(symbols, SCHEMA.getField("kind").schema(), SessionRow.Kind.values());
    put(symbols, SCHEMA.getField("closed_by").schema(), SessionRow.ClosedBy.values());
    put(symbols, sources, SessionFigures.DistanceSource.values());
    return symbols;
  }

  private static void put(
      Map<Enum<?>, GenericData.EnumSymbol> symbols, Schema schema, Enum<?>[] values) {
    for (Enum<?> value : values) {
      if (schema.hasEnumSymbol(value.name())) {
        symbols.put(value, new GenericData.EnumSymbol(schema, value.name()));
      }
    }
  }

  /** The record; null for a row that takes its key back. */
  public static GenericRecord of(SessionRow row) {
    if (row.deleted()) {
      return null;
    }
    SessionFigures figures = row.figures();
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("tenant", row.asset().tenant());
    record.put("asset_id", row.asset().assetId());
    record.put("asset_class", row.asset().assetClass().isEmpty() ? null : row.asset().assetClass());
    record.put("kind", SYMBOLS.get(row.kind()));
    record.put("key", row.key());
    record.put("session_key", row.sessionKey());
    record.put("revision", row.revision());
    record.put("start_time", row.startMillis());
    record.put("end_time", row.endMillis());
    record.put("computed_at", row.computedAtMillis());
    record.put("closed_by", SYMBOLS.get(row.closedBy()));
    record.put("backlog", row.backlog());
    record.put("approximate", row.approximate());
    record.put(
        "supersedes", row.supersedes().stream().map(start -> row.key(row.kind(), start)).toList());
    record.put("readings", figures.readings() < 0 ? null : figures.readings());
    record.put("load_mean", orNull(figures.loadMean()));
    record.put("load_max", orNull(figures.loadMax()));
    record.put("energy_kwh", orNull(figures.energyKilowattHours()));
    record.put("fuel_l", orNull(figures.fuelLitres()));
    record.put("distance_m", orNull(figures.distanceMetres()));
    record.put("distance_source", SYMBOLS.get(figures.distanceSource()));
    record.put("average_speed_km_h", orNull(figures.averageSpeedKmH()));
    record.put("max_speed_km_h", orNull(figures.maxSpeedKmH()));
    record.put("idling_count", orNull(figures.idlingCount()));
    record.put("idling_s", secondsOrNull(figures.idlingMillis()));
    record.put("harsh_brakings", orNull(figures.harshBrakings()));
    record.put("rejected_positions", orNull(figures.rejectedPositions()));
    record.put("starts", orNull(figures.starts()));
    record.put("operating_s", secondsOrNull(figures.operatingMillis()));
    return record;
  }

  private static Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Integer orNull(int count) {
    return count < 0 ? null : count;
  }

  private static Double secondsOrNull(long millis) {
    return millis < 0 ? null : millis / 1_000.0;
  }
}
