package io.foreshock.store;

import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;

/** One message as one call: its items as arrays, null for a kind that it has none of. */
final class TelemetryStatement implements JdbcStatementBuilder<TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  static final String SQL =
      "SELECT foreshock.store_telemetry_v1(?, ?, ?, ?, ?, ?,"
          + " ?::text[], ?::bigint[], ?::bigint[], ?::float8[],"
          + " ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],"
          + " ?::text[], ?::bigint[], ?::bigint[], ?::text[],"
          + " ?::text[], ?::bigint[], ?::bigint[],"
          + " ?::bigint[], ?::bigint[], ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[])";

  @Override
  public void accept(PreparedStatement call, TelemetryBatch batch) throws SQLException {
    Parameters to = new Parameters(call);
    to.text(batch.asset().tenant());
    to.text(batch.asset().assetId());
    to.text(batch.asset().assetClass());
    to.text(batch.deviceId());
    call.setLong(++to.last, batch.appendTimeMillis());
    call.setBoolean(++to.last, batch.backlog());
    long first = ItemIds.first(batch);
    readings(to, batch.measurements(), first);
    faults(to, batch.faultCodes(), first);
    work(to, batch.maintenanceEvents(), first);
    states(to, batch.operatingStateChanges(), first);
    positions(to, batch.positions(), first);
  }

  private static void readings(Parameters to, List<Measurement> items, long first)
      throws SQLException {
    if (items.isEmpty()) {
      to.nothing(4);
      return;
    }
    int size = items.size();
    String[] channels = new String[size];
    long[] ids = new long[size];
    double[] values = new double[size];
    Measurement before = null;
    for (int i = 0; i < size; i++) {
      Measurement item = items.get(i);
      channels[i] = item.channel();
      values[i] = item.value();
      // Sorted by time, then channel: equals stand side by side.
      boolean again =
          before != null
              && before.eventTimeMillis() == item.eventTimeMillis()
              && before.channel().equals(item.channel());
      ids[i] = again ? ids[i - 1] + 1 : first;
      before = item;
    }
    to.array(channels);
    to.array(longs(items, Measurement::eventTimeMillis));
    to.array(ids);
    to.array(values);
  }

  private static void faults(Parameters to, List<FaultCode> items, long first) throws SQLException {
    if (items.isEmpty()) {
      to.nothing(5);
      return;
    }
    long[] times = longs(items, FaultCode::eventTimeMillis);
    to.texts(items.stream().map(FaultCode::code));
    to.array(times);
    to.array(ids(times, first));
    to.texts(items.stream().map(FaultCode::component));
    to.texts(items.stream().map(item -> choice(item.severity(), FaultCode.Severity.UNSPECIFIED)));
  }

  private static void work(Parameters to, List<MaintenanceEvent> items, long first)
      throws SQLException {
    if (items.isEmpty()) {
      to.nothing(4);
      return;
    }
    long[] times = longs(items, MaintenanceEvent::eventTimeMillis);
    to.texts(items.stream().map(MaintenanceEvent::component));
    to.array(times);
    to.array(ids(times, first));
    to.texts(items.stream().map(item -> choice(item.kind(), MaintenanceEvent.Kind.UNSPECIFIED)));
  }

  private static void states(Parameters to, List<OperatingStateChange> items, long first)
      throws SQLException {
    if (items.isEmpty()) {
      to.nothing(3);
      return;
    }
    long[] times = longs(items, OperatingStateChange::eventTimeMillis);
    to.texts(items.stream().map(item -> choice(item.state(), null)));
    to.array(times);
    to.array(ids(times, first));
  }

  private static void positions(Parameters to, List<Position> items, long first)
      throws SQLException {
    if (items.isEmpty()) {
      to.nothing(7);
      return;
    }
    long[] times = longs(items, Position::eventTimeMillis);
    to.array(times);
    to.array(ids(times, first));
    to.array(doubles(items, Position::latitudeDegrees));
    to.array(doubles(items, Position::longitudeDegrees));
    to.array(doubles(items, Position::speedMetresPerSecond));
    to.array(doubles(items, Position::headingDegrees));
    to.array(doubles(items, Position::accuracyMetres));
  }

  /** Ids of items in order of time: numbered among those of one time. */
  private static long[] ids(long[] times, long first) {
    long[] ids = new long[times.length];
    for (int i = 0; i < times.length; i++) {
      ids[i] = i > 0 && times[i] == times[i - 1] ? ids[i - 1] + 1 : first;
    }
    return ids;
  }

  private static <T> long[] longs(List<T> items, ToLongFunction<T> value) {
    long[] values = new long[items.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsLong(items.get(i));
    }
    return values;
  }

  private static <T> double[] doubles(List<T> items, ToDoubleFunction<T> value) {
    double[] values = new double[items.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsDouble(items.get(i));
    }
    return values;
  }

  /** A constant in lower case; empty when it stands for "not stated". */
  private static String choice(Enum<?> value, Enum<?> absent) {
    return value == absent ? "" : value.name().toLowerCase(Locale.ROOT);
  }

  /** Sets parameters one after the other. */
  private static final class Parameters {
    private final PreparedStatement call;
    private int last;

    Parameters(PreparedStatement call) {
      this.call = call;
    }

    void text(String value) throws SQLException {
      call.setString(++last, StoredText.of(value));
    }

    void array(Object array) throws SQLException {
      call.setObject(++last, array);
    }

    void texts(java.util.stream.Stream<String> values) throws SQLException {
      array(values.map(StoredText::of).toArray(String[]::new));
    }

    void nothing(int parameters) throws SQLException {
      for (int i = 0; i < parameters; i++) {
        call.setNull(++last, Types.NULL);
      }
    }
  }
}
