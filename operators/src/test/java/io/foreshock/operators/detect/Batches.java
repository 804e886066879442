package io.foreshock.operators.detect;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.TelemetryBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Builds batches of one asset; event times and append times in milliseconds. */
final class Batches {
  static final AssetRef PUMP = new AssetRef("acme", "p-1", "pump");
  static final AssetRef OTHER_PUMP = new AssetRef("acme", "p-2", "pump");
  static final AssetRef TRUCK = new AssetRef("acme", "t-1", "vehicle");

  private final AssetRef asset;
  private final long appendMillis;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<FaultCode> faults = new ArrayList<>();
  private final List<MaintenanceEvent> maintenance = new ArrayList<>();
  private final List<OperatingStateChange> states = new ArrayList<>();
  private boolean backlog;

  private Batches(AssetRef asset, long appendMillis) {
    this.asset = asset;
    this.appendMillis = appendMillis;
  }

  static Batches of(AssetRef asset, long appendMillis) {
    return new Batches(asset, appendMillis);
  }

  Batches reading(String channel, long timeMillis, double value) {
    measurements.add(new Measurement(channel, timeMillis, value));
    return this;
  }

  Batches fault(String code, long timeMillis) {
    faults.add(new FaultCode(code, timeMillis, "", FaultCode.Severity.ERROR));
    return this;
  }

  Batches maintenance(String component, long timeMillis, MaintenanceEvent.Kind kind) {
    maintenance.add(new MaintenanceEvent(component, timeMillis, kind));
    return this;
  }

  Batches state(OperatingStateChange.State state, long timeMillis) {
    states.add(new OperatingStateChange(state, timeMillis));
    return this;
  }

  Batches backlog() {
    backlog = true;
    return this;
  }

  TelemetryBatch build() {
    measurements.sort(
        Comparator.comparingLong(Measurement::eventTimeMillis).thenComparing(Measurement::channel));
    return new TelemetryBatch(
        asset,
        "device",
        "boot",
        0,
        "",
        appendMillis,
        backlog,
        List.copyOf(measurements),
        List.copyOf(faults),
        List.copyOf(maintenance),
        List.copyOf(states),
        List.of());
  }
}
