package io.foreshock.codec;

import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Position;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The parts of a telemetry message, from wire to domain and back. */
final class TelemetryItems {
  private static final Comparator<Measurement> BY_TIME_AND_CHANNEL = TelemetryItems::compare;
  private static final Comparator<FaultCode> FAULTS =
      Comparator.comparingLong(FaultCode::eventTimeMillis);
  private static final Comparator<MaintenanceEvent> MAINTENANCE =
      Comparator.comparingLong(MaintenanceEvent::eventTimeMillis);
  private static final Comparator<OperatingStateChange> STATES =
      Comparator.comparingLong(OperatingStateChange::eventTimeMillis);
  private static final Comparator<Position> POSITIONS =
      Comparator.comparingLong(Position::eventTimeMillis);

  private TelemetryItems() {}

  /** By event time, then channel. */
  static int compare(Measurement one, Measurement other) {
    if (one.eventTimeMillis() != other.eventTimeMillis()) {
      return one.eventTimeMillis() < other.eventTimeMillis() ? -1 : 1;
    }
    return one.channel().compareTo(other.channel());
  }

  static List<Measurement> measurements(
      List<io.foreshock.proto.telemetry.v1.Measurement> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    Measurement[] items = new Measurement[messages.size()];
    for (int i = 0; i < items.length; i++) {
      var message = messages.get(i);
      items[i] =
          new Measurement(
              message.getChannel(), message.getEventTimeEpochMillis(), message.getValue());
    }
    return sorted(items, BY_TIME_AND_CHANNEL);
  }

  static List<Measurement> merged(List<Measurement> items, List<Measurement> more) {
    Measurement[] all = new Measurement[items.size() + more.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < items.size() ? items.get(i) : more.get(i - items.size());
    }
    return sorted(all, BY_TIME_AND_CHANNEL);
  }

  static List<FaultCode> faultCodes(List<io.foreshock.proto.telemetry.v1.FaultCode> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    FaultCode[] items = new FaultCode[messages.size()];
    for (int i = 0; i < items.length; i++) {
      var message = messages.get(i);
      items[i] =
          new FaultCode(
              message.getCode(),
              message.getEventTimeEpochMillis(),
              message.getComponent(),
              switch (message.getSeverity()) {
                case FAULT_SEVERITY_INFO -> FaultCode.Severity.INFO;
                case FAULT_SEVERITY_WARNING -> FaultCode.Severity.WARNING;
                case FAULT_SEVERITY_ERROR -> FaultCode.Severity.ERROR;
                case FAULT_SEVERITY_UNSPECIFIED -> FaultCode.Severity.UNSPECIFIED;
                case UNRECOGNIZED -> throw unchecked("fault_codes.severity");
              });
    }
    return sorted(items, FAULTS);
  }

  static List<MaintenanceEvent> maintenanceEvents(
      List<io.foreshock.proto.telemetry.v1.MaintenanceEvent> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    MaintenanceEvent[] items = new MaintenanceEvent[messages.size()];
    for (int i = 0; i < items.length; i++) {
      var message = messages.get(i);
      items[i] =
          new MaintenanceEvent(
              message.getComponent(),
              message.getEventTimeEpochMillis(),
              switch (message.getKind()) {
                case MAINTENANCE_KIND_INSPECTED -> MaintenanceEvent.Kind.INSPECTED;
                case MAINTENANCE_KIND_REPAIRED -> MaintenanceEvent.Kind.REPAIRED;
                case MAINTENANCE_KIND_REPLACED -> MaintenanceEvent.Kind.REPLACED;
                case MAINTENANCE_KIND_UNSPECIFIED -> MaintenanceEvent.Kind.UNSPECIFIED;
                case UNRECOGNIZED -> throw unchecked("maintenance_events.kind");
              });
    }
    return sorted(items, MAINTENANCE);
  }

  static List<OperatingStateChange> operatingStateChanges(
      List<io.foreshock.proto.telemetry.v1.OperatingStateChange> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    OperatingStateChange[] items = new OperatingStateChange[messages.size()];
    for (int i = 0; i < items.length; i++) {
      var message = messages.get(i);
      items[i] =
          new OperatingStateChange(
              switch (message.getState()) {
                case OPERATING_STATE_STOPPED -> OperatingStateChange.State.STOPPED;
                case OPERATING_STATE_IDLE -> OperatingStateChange.State.IDLE;
                case OPERATING_STATE_RUNNING -> OperatingStateChange.State.RUNNING;
                case OPERATING_STATE_FAULT -> OperatingStateChange.State.FAULT;
                case OPERATING_STATE_MAINTENANCE -> OperatingStateChange.State.MAINTENANCE;
                case OPERATING_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw unchecked("operating_state_changes.state");
              },
              message.getEventTimeEpochMillis());
    }
    return sorted(items, STATES);
  }

  static List<Position> positions(List<io.foreshock.proto.telemetry.v1.Position> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    Position[] items = new Position[messages.size()];
    for (int i = 0; i < items.length; i++) {
      var message = messages.get(i);
      items[i] =
          new Position(
              message.getEventTimeEpochMillis(),
              message.getLatitudeDegrees(),
              message.getLongitudeDegrees(),
              message.hasSpeedMS() ? message.getSpeedMS() : Double.NaN,
              message.hasHeadingDegrees() ? message.getHeadingDegrees() : Double.NaN,
              message.hasAccuracyM() ? message.getAccuracyM() : Double.NaN);
    }
    return sorted(items, POSITIONS);
  }

  static io.foreshock.proto.telemetry.v1.Measurement toWire(Measurement item) {
    return io.foreshock.proto.telemetry.v1.Measurement.newBuilder()
        .setChannel(item.channel())
        .setEventTimeEpochMillis(item.eventTimeMillis())
        .setValue(item.value())
        .build();
  }

  static io.foreshock.proto.telemetry.v1.FaultCode toWire(FaultCode item) {
    return io.foreshock.proto.telemetry.v1.FaultCode.newBuilder()
        .setCode(item.code())
        .setEventTimeEpochMillis(item.eventTimeMillis())
        .setComponent(item.component())
        .setSeverityValue(item.severity().ordinal())
        .build();
  }

  static io.foreshock.proto.telemetry.v1.MaintenanceEvent toWire(MaintenanceEvent item) {
    return io.foreshock.proto.telemetry.v1.MaintenanceEvent.newBuilder()
        .setComponent(item.component())
        .setEventTimeEpochMillis(item.eventTimeMillis())
        .setKindValue(item.kind().ordinal())
        .build();
  }

  static io.foreshock.proto.telemetry.v1.OperatingStateChange toWire(OperatingStateChange item) {
    return io.foreshock.proto.telemetry.v1.OperatingStateChange.newBuilder()
        .setStateValue(item.state().ordinal() + 1)
        .setEventTimeEpochMillis(item.eventTimeMillis())
        .build();
  }

  static io.foreshock.proto.telemetry.v1.Position toWire(Position item) {
    var message =
        io.foreshock.proto.telemetry.v1.Position.newBuilder()
            .setEventTimeEpochMillis(item.eventTimeMillis())
            .setLatitudeDegrees(item.latitudeDegrees())
            .setLongitudeDegrees(item.longitudeDegrees());
    if (!Double.isNaN(item.speedMetresPerSecond())) {
      message.setSpeedMS(item.speedMetresPerSecond());
    }
    if (!Double.isNaN(item.headingDegrees())) {
      message.setHeadingDegrees(item.headingDegrees());
    }
    if (!Double.isNaN(item.accuracyMetres())) {
      message.setAccuracyM(item.accuracyMetres());
    }
    return message.build();
  }

  /** Most devices send in order: then one pass decides and nothing moves. */
  private static <T> List<T> sorted(T[] items, Comparator<T> order) {
    for (int i = 1; i < items.length; i++) {
      if (order.compare(items[i - 1], items[i]) > 0) {
        Arrays.sort(items, order);
        break;
      }
    }
    return Collections.unmodifiableList(Arrays.asList(items));
  }

  private static IllegalArgumentException unchecked(String field) {
    return new IllegalArgumentException(
        field + " holds an unknown number: the message was not checked by TelemetryRules");
  }
}
