package io.foreshock.backtest.score;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be judged: the hours in which an asset was watched, and the failures whose precursors
 * could be seen.
 *
 * <ul>
 *   <li>With telemetry an asset is watched in every hour that has a reading. A failure counts when
 *       at most one of the {@value #HORIZON_HOURS} hours before it lacks a reading; hours before
 *       the recording began are not asked for, but at least {@value #LEAST_HOURS} must be there. So
 *       a gap-free recording counts as a whole, and a fragment counts its failures when it began
 *       early enough.
 *   <li>With events only every asset is watched from the first to the last event of the data, and
 *       every failure counts.
 * </ul>
 */
public final class Observation {
  public static final int HORIZON_HOURS = 48;
  public static final int LEAST_HOURS = 24;
  private static final int MISSING_ALLOWED = 1;

  private final AssetHours hours;
  private final List<ComponentEvent> failures;
  private final List<ComponentEvent> allFailures;

  private Observation(
      AssetHours hours, List<ComponentEvent> failures, List<ComponentEvent> allFailures) {
    this.hours = hours;
    this.failures = failures;
    this.allFailures = allFailures;
  }

  public static Observation ofTelemetry(AssetHours readings, List<ComponentEvent> allFailures) {
    List<ComponentEvent> covered = new ArrayList<>();
    List<ComponentEvent> withADay = new ArrayList<>();
    for (ComponentEvent failure : allFailures) {
      Before before = Before.of(failure, readings);
      if (before.present() >= LEAST_HOURS) {
        withADay.add(failure);
        if (before.missing() <= MISSING_ALLOWED) {
          covered.add(failure);
        }
      }
    }
    return new Observation(readings, List.copyOf(covered), List.copyOf(withADay));
  }

  public static Observation ofEvents(
      Iterable<String> assets, long firstMillis, long lastMillis, List<ComponentEvent> failures) {
    AssetHours hours = new AssetHours(firstMillis);
    for (String asset : assets) {
      hours.addAll(asset, firstMillis, lastMillis);
    }
    return new Observation(hours, List.copyOf(failures), List.copyOf(failures));
  }

  /** True when an alarm at that time counts. */
  public boolean watches(ComponentEvent alarm) {
    return hours.contains(alarm.asset(), alarm.millis());
  }

  /** Failures that count. */
  public List<ComponentEvent> failures() {
    return failures;
  }

  /**
   * Failures with at least {@value #LEAST_HOURS} readings in the {@value #HORIZON_HOURS} hours
   * before, whatever is missing; with events only every failure.
   */
  public List<ComponentEvent> allFailures() {
    return allFailures;
  }

  /** When each asset was watched. */
  public SortedMap<String, WatchedTime> watched() {
    SortedMap<String, WatchedTime> watched = new TreeMap<>();
    hours.assets().forEach(asset -> watched.put(asset, hours.watched(asset)));
    return watched;
  }

  /** Watched hours of all assets together. */
  public long machineHours() {
    return hours.total();
  }

  /** Hours within the horizon before a failure, with and without a reading. */
  private record Before(int present, int missing) {
    static Before of(ComponentEvent failure, AssetHours readings) {
      int present = 0;
      int missing = 0;
      for (int i = 1; i <= HORIZON_HOURS; i++) {
        long before = failure.millis() - i * AssetHours.HOUR_MILLIS;
        if (before < readings.startMillis()) {
          break;
        }
        if (readings.contains(failure.asset(), before)) {
          present++;
        } else {
          missing++;
        }
      }
      return new Before(present, missing);
    }
  }
}
