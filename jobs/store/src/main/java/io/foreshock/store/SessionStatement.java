package io.foreshock.store;

import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;

/** One row of a session as one call, which writes, replaces or deletes it. */
final class SessionStatement implements JdbcStatementBuilder<SessionRow> {
  private static final long serialVersionUID = 1L;

  static final String SQL =
      "SELECT foreshock.store_session_v1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?, ?)";

  @Override
  public void accept(PreparedStatement call, SessionRow row) throws SQLException {
    SessionFigures figures = row.figures();
    call.setString(1, row.asset().tenant());
    call.setString(2, row.asset().assetId());
    call.setString(3, word(row.kind()));
    call.setLong(4, row.startMillis());
    call.setLong(5, row.endMillis());
    call.setInt(6, row.revision());
    call.setBoolean(7, row.deleted());
    call.setString(8, row.asset().assetClass());
    call.setLong(9, row.sessionStartMillis());
    call.setString(10, word(row.closedBy()));
    call.setLong(11, row.computedAtMillis());
    call.setBoolean(12, row.backlog());
    call.setBoolean(13, row.approximate());
    setCount(call, 14, figures.readings(), Types.BIGINT);
    setNumber(call, 15, figures.loadMean());
    setNumber(call, 16, figures.loadMax());
    setNumber(call, 17, figures.energyKilowattHours());
    setNumber(call, 18, figures.fuelLitres());
    setNumber(call, 19, figures.distanceMetres());
    call.setString(
        20,
        figures.distanceSource() == SessionFigures.DistanceSource.NONE
            ? null
            : word(figures.distanceSource()));
    setNumber(call, 21, figures.averageSpeedKmH());
    setNumber(call, 22, figures.maxSpeedKmH());
    setCount(call, 23, figures.idlingCount(), Types.INTEGER);
    setSeconds(call, 24, figures.idlingMillis());
    setCount(call, 25, figures.harshBrakings(), Types.INTEGER);
    setCount(call, 26, figures.rejectedPositions(), Types.INTEGER);
    setCount(call, 27, figures.starts(), Types.INTEGER);
    setSeconds(call, 28, figures.operatingMillis());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void setNumber(PreparedStatement call, int index, double value)
      throws SQLException {
    if (Double.isFinite(value)) {
      call.setDouble(index, value);
    } else {
      call.setNull(index, Types.DOUBLE);
    }
  }

  private static void setSeconds(PreparedStatement call, int index, long millis)
      throws SQLException {
    setNumber(call, index, millis < 0 ? Double.NaN : millis / 1_000.0);
  }

  private static void setCount(PreparedStatement call, int index, long count, int type)
      throws SQLException {
    if (count < 0) {
      call.setNull(index, type);
    } else if (type == Types.BIGINT) {
      call.setLong(index, count);
    } else {
      call.setInt(index, (int) count);
    }
  }
}
