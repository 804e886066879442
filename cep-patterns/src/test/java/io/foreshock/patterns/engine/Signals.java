package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.samples.Assets;
import java.time.LocalTime;

/** Signals for tests, on one day whose first instant is {@link #DAY}. */
final class Signals {

  /** 2026-03-01T00:00:00Z. */
  static final long DAY = 1_772_323_200_000L;

  private Signals() {}

  static long at(String time) {
    return DAY + LocalTime.parse(time).toNanoOfDay() / 1_000_000;
  }

  static Signal symptom(String name, String time) {
    return symptom(Assets.PUMP, name, at(time));
  }

  static Signal symptom(AssetRef asset, String name, long eventTime) {
    return Signal.symptom(asset, true, name, "vibration_rms_mm_s", eventTime, 7.5, 7.1, 7.5, false);
  }

  /** The simplest signal there is: for patterns over letters and small times. */
  static Signal letter(AssetRef asset, String letter, long eventTime, double value) {
    return new Signal(
        asset,
        SignalKind.SYMPTOM,
        letter,
        "",
        "",
        "",
        eventTime,
        value,
        Double.NaN,
        Double.NaN,
        false);
  }
}
