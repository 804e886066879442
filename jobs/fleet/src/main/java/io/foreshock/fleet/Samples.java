package io.foreshock.fleet;

import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a device has collected since its last message. */
final class Samples implements AssetModel.Sensors {
  private static final Comparator<Measurement> ORDER =
      Comparator.comparingLong(Measurement::eventTimeMillis).thenComparing(Measurement::channel);

  private final Disturbances disturbances;
  private long millis;
  private List<Measurement> measurements = new ArrayList<>();
  private List<FaultCode> codes = new ArrayList<>();
  private List<MaintenanceEvent> maintenance = new ArrayList<>();
  private List<OperatingStateChange> states = new ArrayList<>();
  private List<Position> positions = new ArrayList<>();

  Samples(Disturbances disturbances) {
    this.disturbances = disturbances;
  }

  /** What follows was measured at this time. */
  void at(long sampleMillis) {
    millis = sampleMillis;
  }

  @Override
  public void measure(String channel, double value) {
    if (!disturbances.missing(channel, millis)) {
      double seen = disturbances.distort(channel, millis, value);
      // A transmitter sends three decimals, not sixteen digits.
      measurements.add(new Measurement(channel, millis, Math.round(seen * 1000) / 1000.0));
    }
  }

  @Override
  public void code(String code, String component, boolean error) {
    FaultCode.Severity severity = error ? FaultCode.Severity.ERROR : FaultCode.Severity.WARNING;
    codes.add(new FaultCode(code, millis, component, severity));
  }

  @Override
  public void position(double latitude, double longitude, double speedMetresPerSecond) {
    positions.add(
        new Position(millis, latitude, longitude, speedMetresPerSecond, Double.NaN, Double.NaN));
  }

  void entered(OperatingStateChange.State state) {
    states.add(new OperatingStateChange(state, millis));
  }

  void replaced(String component) {
    maintenance.add(new MaintenanceEvent(component, millis, MaintenanceEvent.Kind.REPLACED));
  }

  boolean isEmpty() {
    return measurements.isEmpty() && codes.isEmpty() && maintenance.isEmpty() && states.isEmpty();
  }

  /** Hands over what was collected and starts anew. */
  Content take() {
    measurements.sort(ORDER);
    Content content =
        new Content(
            List.copyOf(measurements),
            List.copyOf(codes),
            List.copyOf(maintenance),
            List.copyOf(states),
            List.copyOf(positions));
    measurements = new ArrayList<>();
    codes = new ArrayList<>();
    maintenance = new ArrayList<>();
    states = new ArrayList<>();
    positions = new ArrayList<>();
    return content;
  }

  /** Content of one message. */
  record Content(
      List<Measurement> measurements,
      List<FaultCode> codes,
      List<MaintenanceEvent> maintenance,
      List<OperatingStateChange> states,
      List<Position> positions) {}
}
