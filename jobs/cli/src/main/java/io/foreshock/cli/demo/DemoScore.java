package io.foreshock.cli.demo;

import io.foreshock.fleet.FleetTruth;
import io.foreshock.fleet.SeededFailure;
import io.foreshock.model.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what was reported with what really happened.
 *
 * <p>An alarm is a detection of severity warning or critical that is not backlog; after one its
 * asset and component are silent for 24 hours. An alarm on a machine that is failing, between the
 * onset of the fault and its repair, finds the failure when it names the right component, and is
 * called misattributed when it names another. Every other alarm is false.
 *
 * @param found first alarm of each failure that was found, by failure
 * @param missed failures that completed unreported
 * @param unfinished failures that did not complete and were not reported
 * @param falseAlarms alarms on machines that were not failing
 * @param misattributed alarms on failing machines that name another component
 * @param watches detections of severity watch
 */
record DemoScore(
    Map<SeededFailure, Detection> found,
    List<SeededFailure> missed,
    List<SeededFailure> unfinished,
    List<Detection> falseAlarms,
    List<Detection> misattributed,
    int watches) {

  private static final long SILENCE_MILLIS = 24 * 3_600_000L;

  /**
   * @param untilMillis simulated time up to which the fleet ran: a failure after it did not
   *     complete
   */
  static DemoScore of(FleetTruth truth, List<Detection> detections, long untilMillis) {
    Map<String, SeededFailure> failing = new HashMap<>();
    truth.failures().forEach(failure -> failing.put(failure.asset().key(), failure));
    Map<SeededFailure, Detection> found = new LinkedHashMap<>();
    List<Detection> falseAlarms = new ArrayList<>();
    List<Detection> misattributed = new ArrayList<>();
    int watches = 0;
    for (Detection alarm : alarms(detections)) {
      SeededFailure failure = failing.get(alarm.asset().key());
      boolean during =
          failure != null
              && alarm.eventTimeMillis() >= failure.onsetMillis()
              && alarm.eventTimeMillis() < truth.repairedMillis(failure.asset());
      if (!during) {
        falseAlarms.add(alarm);
      } else if (!alarm.component().equals(failure.kind().component())) {
        misattributed.add(alarm);
      } else if (alarm.eventTimeMillis() < failure.failureMillis()) {
        found.putIfAbsent(failure, alarm);
      }
    }
    for (Detection detection : detections) {
      watches += detection.severity() == Detection.Severity.WATCH ? 1 : 0;
    }
    List<SeededFailure> missed = new ArrayList<>();
    List<SeededFailure> unfinished = new ArrayList<>();
    for (SeededFailure failure : truth.failures()) {
      if (!found.containsKey(failure)) {
        (failure.failureMillis() <= untilMillis ? missed : unfinished).add(failure);
      }
    }
    return new DemoScore(found, missed, unfinished, falseAlarms, misattributed, watches);
  }

  /** Failures that completed. */
  long completed(long untilMillis) {
    return missed.size()
        + found.keySet().stream().filter(f -> f.failureMillis() <= untilMillis).count();
  }

  /** Hours from the first alarm to the failure, ascending. */
  List<Double> leadHours() {
    List<Double> hours = new ArrayList<>();
    found.forEach(
        (failure, alarm) ->
            hours.add((failure.failureMillis() - alarm.eventTimeMillis()) / 3_600_000.0));
    hours.sort(null);
    return hours;
  }

  private static List<Detection> alarms(List<Detection> detections) {
    Map<String, Long> last = new HashMap<>();
    List<Detection> alarms = new ArrayList<>();
    List<Detection> byTime = new ArrayList<>(detections);
    byTime.sort(
        (a, b) -> {
          int order = Long.compare(a.eventTimeMillis(), b.eventTimeMillis());
          return order == 0 ? a.id().compareTo(b.id()) : order;
        });
    for (Detection detection : byTime) {
      if (detection.severity() == Detection.Severity.WATCH || detection.backlog()) {
        continue;
      }
      String key = detection.asset().key() + ' ' + detection.component();
      Long previous = last.get(key);
      if (previous == null || detection.eventTimeMillis() - previous >= SILENCE_MILLIS) {
        last.put(key, detection.eventTimeMillis());
        alarms.add(detection);
      }
    }
    return alarms;
  }
}
