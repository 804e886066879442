package io.foreshock.state;

import io.foreshock.model.Alert;
import io.foreshock.model.Command;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.FaultCode;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.NearMiss;
import io.foreshock.model.Notification;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.RawRecord;
import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionRow;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Alerts;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One value with everything in it for each type that is kept in state. */
final class Samples {

  /** A type's serializer and the sample that its golden bytes hold. */
  record Sample<T>(Class<T> type, VersionedSerializer<T> serializer, T value) {}

  private Samples() {}

  static Map<String, Sample<?>> all() {
    Map<String, Sample<?>> samples = new LinkedHashMap<>();
    samples.put(
        "raw-record", new Sample<>(RawRecord.class, RawRecordSerializer.INSTANCE, record()));
    samples.put(
        "telemetry-batch",
        new Sample<>(TelemetryBatch.class, TelemetryBatchSerializer.INSTANCE, batch()));
    samples.put(
        "session-row", new Sample<>(SessionRow.class, SessionRowSerializer.INSTANCE, session()));
    samples.put("signal", new Sample<>(Signal.class, SignalSerializer.INSTANCE, signal()));
    samples.put(
        "detection", new Sample<>(Detection.class, DetectionSerializer.INSTANCE, detection()));
    samples.put(
        "dead-letter",
        new Sample<>(
            DeadLetter.class,
            DeadLetterSerializer.INSTANCE,
            new DeadLetter(
                record(), 4, DeadLetter.Reason.OUT_OF_RANGE, "1284 °C, 温度", "pump-1", "a_c")));
    samples.put("near-miss", new Sample<>(NearMiss.class, NearMissSerializer.INSTANCE, nearMiss()));
    samples.put(
        "pattern-record",
        new Sample<>(
            PatternRecord.class,
            PatternRecordSerializer.INSTANCE,
            new PatternRecord("acme/bearing-wear", new byte[] {4, 5}, 1_767_600_000_123L)));
    samples.put("alert", new Sample<>(Alert.class, AlertSerializer.INSTANCE, Alerts.alert()));
    samples.put(
        "command", new Sample<>(Command.class, CommandSerializer.INSTANCE, Alerts.silence()));
    samples.put(
        "notification",
        new Sample<>(Notification.class, NotificationSerializer.INSTANCE, Alerts.page()));
    samples.put(
        "feature-row",
        new Sample<>(
            FeatureRow.class,
            FeatureRowSerializer.INSTANCE,
            new FeatureRow(
                Assets.PUMP,
                "pump-condition",
                3,
                1_767_600_000_000L,
                1_767_600_000_123L,
                2,
                FeatureRow.Kind.CORRECTED,
                new double[] {1.5, Double.NaN, -0.0, Double.MIN_VALUE})));
    return samples;
  }

  static SessionRow session() {
    return new SessionRow(
        Assets.PUMP,
        SessionRow.Kind.TRIP,
        Readings.time("08:00:00"),
        Readings.time("09:30:00"),
        3,
        false,
        Readings.time("08:00:00"),
        SessionRow.ClosedBy.CORRECTION,
        Readings.time("09:45:00"),
        true,
        true,
        List.of(Readings.time("08:40:00"), Readings.time("09:10:00")),
        new SessionFigures(
            1_234,
            41.5,
            80,
            Double.NaN,
            7.25,
            42_195,
            SessionFigures.DistanceSource.POSITIONS,
            28.13,
            97,
            2,
            840_000,
            5,
            1,
            -1,
            -1));
  }

  static RawRecord record() {
    return new RawRecord(
        "acme",
        "acme.telemetry.raw",
        3,
        90_211,
        1_767_600_000_123L,
        new byte[] {1},
        new byte[] {2, 3});
  }

  static TelemetryBatch batch() {
    Readings readings =
        Readings.of(Assets.PUMP).device("gateway-7").sequence(300).backlog().appendedAt("09:00:00");
    for (FaultCode.Severity severity : FaultCode.Severity.values()) {
      readings.fault("P02" + severity.ordinal(), "bearing", severity);
    }
    for (MaintenanceEvent.Kind kind : MaintenanceEvent.Kind.values()) {
      readings.maintenance("bearing", kind);
    }
    for (OperatingStateChange.State state : OperatingStateChange.State.values()) {
      readings.state(state);
    }
    return readings
        .position(48.2, 16.37)
        .reading("bearing_temperature_c", "08:00:01", 61.25)
        .reading("vibration_rms_mm_s", "08:00:01", 2.5)
        .reading("bearing_temperature_c", "08:00:02", 61.5)
        .reading("vibration_rms_mm_s", "08:00:02", Double.MIN_VALUE)
        .batch();
  }

  static Signal signal() {
    return new Signal(
        Assets.PUMP,
        SignalKind.FAULT_CODE,
        "P0217",
        "a_c",
        "bearing",
        "error",
        Readings.time("08:00:10"),
        7.5,
        Double.NaN,
        -1,
        true);
  }

  static Detection detection() {
    List<StageEvidence> evidence = new ArrayList<>();
    evidence.add(new StageEvidence("shaking", List.of(signal(), signal())));
    evidence.add(new StageEvidence("passed-over", List.of()));
    return new Detection(
        "0d737a76e56515d0d6b82b3725ea1a4d",
        Assets.PUMP,
        "bearing-wear",
        3,
        "bearing",
        "wear",
        Detection.Severity.CRITICAL,
        Readings.time("08:00:10"),
        172_800_000,
        true,
        evidence);
  }

  static NearMiss nearMiss() {
    return new NearMiss(
        "0d737a76e56515d0d6b82b3725ea1a4d",
        Assets.PUMP,
        "bearing-wear",
        3,
        NearMiss.Reason.FORBIDDEN_STAGE,
        "shaking",
        "worse",
        "repaired",
        signal(),
        Readings.time("08:00:10"),
        true,
        detection().evidence());
  }
}
