package io.foreshock.features;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Messages of pumps, one a minute each, without disorder. */
final class PumpDay {
  static final long START = Instant.parse("2026-03-01T05:00:00Z").toEpochMilli();
  static final long MINUTE = 60_000L;

  private PumpDay() {}

  /** Messages of three pumps, by time. */
  static List<TelemetryBatch> batches(int minutes) {
    List<TelemetryBatch> batches = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      for (int pump = 0; pump < 3; pump++) {
        batches.add(batch(pump, minute));
      }
    }
    return batches;
  }

  static TelemetryBatch batch(int pump, int minute) {
    long time = START + minute * MINUTE;
    String id = "pump-" + pump;
    return new TelemetryBatch(
        new AssetRef("acme", id, "pump"),
        id,
        "boot",
        minute,
        "",
        time + 500,
        false,
        List.of(
            new Measurement("bearing_temperature_c", time, 60 + minute % 5 + pump),
            new Measurement("vibration_rms_mm_s", time, 2 + 0.1 * (minute % 7))),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
