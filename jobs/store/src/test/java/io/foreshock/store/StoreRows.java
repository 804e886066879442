package io.foreshock.store;

import io.foreshock.model.TelemetryBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.LongFunction;

/** Rows as one line of text each: those that must be stored, and those that are. */
final class StoreRows {
  static final List<String> TABLES =
      List.of("readings", "fault_codes", "maintenance", "operating_states", "positions");

  private StoreRows() {}

  static List<String> expected(String table, LongFunction<TelemetryBatch> batches, long count) {
    List<String> rows = new ArrayList<>();
    for (long number = 0; number < count; number++) {
      TelemetryBatch batch = batches.apply(number);
      switch (table) {
        case "readings" ->
            batch
                .measurements()
                .forEach(
                    item ->
                        rows.add(row(batch, item.eventTimeMillis(), item.channel(), item.value())));
        case "fault_codes" ->
            batch
                .faultCodes()
                .forEach(
                    item ->
                        rows.add(
                            row(
                                batch,
                                item.eventTimeMillis(),
                                item.code().replace('\0', '\uFFFD'),
                                absent(item.component()),
                                choice(item.severity()))));
        case "maintenance" ->
            batch
                .maintenanceEvents()
                .forEach(
                    item ->
                        rows.add(
                            row(
                                batch,
                                item.eventTimeMillis(),
                                item.component(),
                                choice(item.kind()))));
        case "operating_states" ->
            batch
                .operatingStateChanges()
                .forEach(
                    item -> rows.add(row(batch, item.eventTimeMillis(), choice(item.state()))));
        case "positions" ->
            batch
                .positions()
                .forEach(
                    item ->
                        rows.add(
                            row(
                                batch,
                                item.eventTimeMillis(),
                                item.latitudeDegrees(),
                                item.longitudeDegrees(),
                                measured(item.speedMetresPerSecond()),
                                measured(item.headingDegrees()),
                                measured(item.accuracyMetres()))));
        default -> throw new IllegalArgumentException(table);
      }
    }
    rows.sort(null);
    return rows;
  }

  static List<String> found(Database database, String table) throws SQLException {
    String own =
        switch (table) {
          case "readings" -> "channel, value";
          case "fault_codes" -> "code, component, severity";
          case "maintenance" -> "component, kind";
          case "operating_states" -> "state";
          case "positions" ->
              "latitude_degrees, longitude_degrees, speed_m_s, heading_degrees, accuracy_m";
          default -> throw new IllegalArgumentException(table);
        };
    List<String> rows =
        new ArrayList<>(
            database.query(
                """
                SELECT tenant, asset_id, asset_class, device_id,
                    (extract(epoch FROM event_time) * 1000)::bigint,
                    (extract(epoch FROM append_time) * 1000)::bigint, backlog, %s
                FROM foreshock.%s
                """
                    .formatted(own, table)));
    rows.sort(null);
    return rows;
  }

  private static String row(TelemetryBatch batch, long eventTimeMillis, Object... own) {
    StringJoiner row = new StringJoiner("|");
    row.add(batch.asset().tenant());
    row.add(batch.asset().assetId());
    row.add(absent(batch.asset().assetClass()));
    row.add(batch.deviceId());
    row.add("" + eventTimeMillis);
    row.add("" + batch.appendTimeMillis());
    row.add("" + batch.backlog());
    for (Object value : own) {
      row.add(String.valueOf(value));
    }
    return row.toString();
  }

  private static String absent(String text) {
    return text.isEmpty() ? "null" : text;
  }

  private static String measured(double value) {
    return Double.isNaN(value) ? "null" : "" + value;
  }

  private static String choice(Enum<?> value) {
    return value.name().equals("UNSPECIFIED") ? "null" : value.name().toLowerCase(Locale.ROOT);
  }
}
