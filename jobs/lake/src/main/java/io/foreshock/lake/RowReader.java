package io.foreshock.lake;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;

/**
 * Puts neighbouring rows of one message together again: each becomes a batch of the one dataset,
 * for a message's parts are in files of their own. A column that an older file does not have is
 * absent.
 */
final class RowReader {
  /** A batch stays within a minute, the shortest slice of features. */
  private static final long MOST_MILLIS = 60_000;

  private final Dataset dataset;
  private final String tenant;
  private final MessageType schema;

  private final List<Measurement> measurements = new ArrayList<>();
  private final List<FaultCode> faultCodes = new ArrayList<>();
  private final List<MaintenanceEvent> works = new ArrayList<>();
  private final List<OperatingStateChange> states = new ArrayList<>();
  private final List<Position> positions = new ArrayList<>();
  private Group row;
  private Message message;
  private long newestMillis;

  /** What all rows of a message have in common. */
  private record Message(
      String assetId,
      String assetClass,
      String deviceId,
      long appendMillis,
      boolean backlog,
      String bootId,
      long sequence,
      String messageId) {}

  RowReader(Dataset dataset, String tenant, MessageType schema) {
    this.dataset = dataset;
    this.tenant = tenant;
    this.schema = schema;
  }

  /**
   * Takes the next row.
   *
   * @return the batch before it; null when the row belongs to it
   */
  TelemetryBatch take(Group next) {
    row = next;
    Message mine =
        new Message(
            text("asset_id"),
            text("asset_class"),
            text("device_id"),
            whole("append_time", 0),
            has("backlog") && row.getBoolean("backlog", 0),
            text("boot_id"),
            whole("sequence", 0),
            text("message_id"));
    long eventMillis = whole("event_time", 0);
    // Readings, codes and work of a message stand in files of their own, so they are batches of
    // their own: none may reach so far that another comes too late.
    boolean same =
        mine.equals(message)
            && eventMillis >= newestMillis
            && eventMillis / MOST_MILLIS == newestMillis / MOST_MILLIS;
    TelemetryBatch before = same ? null : batch();
    message = mine;
    newestMillis = eventMillis;
    add(eventMillis);
    return before;
  }

  private void add(long eventMillis) {
    switch (dataset) {
      case READINGS ->
          measurements.add(new Measurement(text("channel"), eventMillis, number("value")));
      case FAULT_CODES ->
          faultCodes.add(
              new FaultCode(
                  text("code"),
                  eventMillis,
                  text("component"),
                  word("severity", FaultCode.Severity.class, FaultCode.Severity.UNSPECIFIED)));
      case MAINTENANCE ->
          works.add(
              new MaintenanceEvent(
                  text("component"),
                  eventMillis,
                  word("kind", MaintenanceEvent.Kind.class, MaintenanceEvent.Kind.UNSPECIFIED)));
      case OPERATING_STATES ->
          states.add(
              new OperatingStateChange(
                  word(
                      "state",
                      OperatingStateChange.State.class,
                      OperatingStateChange.State.STOPPED),
                  eventMillis));
      case POSITIONS ->
          positions.add(
              new Position(
                  eventMillis,
                  number("latitude_degrees"),
                  number("longitude_degrees"),
                  number("speed_m_s"),
                  number("heading_degrees"),
                  number("accuracy_m")));
    }
  }

  /** The batch of the rows taken last; null when there is none. */
  TelemetryBatch batch() {
    if (message == null) {
      return null;
    }
    TelemetryBatch batch =
        new TelemetryBatch(
            new AssetRef(tenant, message.assetId, message.assetClass),
            message.deviceId,
            message.bootId,
            message.sequence,
            message.messageId,
            message.appendMillis,
            message.backlog,
            List.copyOf(measurements),
            List.copyOf(faultCodes),
            List.copyOf(works),
            List.copyOf(states),
            List.copyOf(positions));
    message = null;
    measurements.clear();
    faultCodes.clear();
    works.clear();
    states.clear();
    positions.clear();
    return batch;
  }

  private boolean has(String column) {
    return schema.containsField(column) && row.getFieldRepetitionCount(column) == 1;
  }

  private String text(String column) {
    return has(column) ? row.getString(column, 0) : "";
  }

  private long whole(String column, long whenAbsent) {
    return has(column) ? row.getLong(column, 0) : whenAbsent;
  }

  private double number(String column) {
    return has(column) ? row.getDouble(column, 0) : Double.NaN;
  }

  private <E extends Enum<E>> E word(String column, Class<E> type, E whenAbsent) {
    String word = text(column);
    return word.isEmpty() ? whenAbsent : Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }
}
