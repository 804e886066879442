package io.foreshock.patterns.samples;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Signal;
import java.time.Duration;
import java.time.Instant;

/** Signals of one asset for tests; time is minutes, or a duration, after a fixed start. */
public final class Signals {
  public static final AssetRef ASSET = new AssetRef("acme", "pump-1", "pump");
  public static final long START = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();

  private Signals() {}

  public static Signal onset(String detectorId, long minute) {
    return symptom(true, detectorId, minute, 10.0);
  }

  public static Signal cleared(String detectorId, long minute) {
    return symptom(false, detectorId, minute, 1.0);
  }

  public static Signal symptom(boolean onset, String detectorId, long minute, double value) {
    return Signal.symptom(ASSET, onset, detectorId, "channel", at(minute), value, 5.0, 6.0, false);
  }

  public static Signal fault(String code, long minute) {
    return fault(code, "", FaultCode.Severity.WARNING, minute);
  }

  public static Signal fault(
      String code, String component, FaultCode.Severity severity, long minute) {
    return Signal.faultCode(ASSET, new FaultCode(code, at(minute), component, severity), false);
  }

  public static Signal maintenance(String component, long minute) {
    return Signal.maintenance(
        ASSET, new MaintenanceEvent(component, at(minute), MaintenanceEvent.Kind.REPLACED), false);
  }

  public static Signal state(OperatingStateChange.State state, long minute) {
    return Signal.operatingState(ASSET, new OperatingStateChange(state, at(minute)), false);
  }

  public static Signal reading(String channel, double value, long minute) {
    return Signal.reading(ASSET, new Measurement(channel, at(minute), value), false);
  }

  public static long at(long minute) {
    return START + Duration.ofMinutes(minute).toMillis();
  }
}
