package io.foreshock.backtest.page;

import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.JudgedAlarm;
import io.foreshock.backtest.score.JudgedHistory;
import io.foreshock.backtest.score.MissedFailure;
import io.foreshock.backtest.score.Verdict;
import io.foreshock.model.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Failures and alarms of an answer, each with what came of it. */
final class FleetEvents {
  private final Answer answer;
  private final JudgedHistory history;
  private final Map<String, TreeSet<Long>> alarmTimes = new HashMap<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();

  FleetEvents(Answer answer, JudgedHistory history) {
    this.answer = answer;
    this.history = history;
    for (JudgedAlarm alarm : answer.alarms()) {
      ComponentEvent at = alarm.verdict().alarm();
      alarmTimes.computeIfAbsent(place(at), p -> new TreeSet<>()).add(at.millis());
      if (!alarm.detectionIds().isEmpty()) {
        // Of several patterns that raised it together, the first stands for the alarm.
        verdicts.put(alarm.detectionIds().get(0), alarm.verdict());
      }
    }
  }

  /** Every known failure of a machine that was judged, by time. */
  List<Report.Failure> failures() {
    Set<ComponentEvent> counted = new HashSet<>(history.failures());
    Map<ComponentEvent, MissedFailure> missed = new HashMap<>();
    answer.missed().forEach(miss -> missed.put(miss.failure(), miss));
    List<Report.Failure> failures = new ArrayList<>();
    for (ComponentEvent failure : history.knownFailures()) {
      if (!history.watched().containsKey(failure.asset())) {
        continue;
      }
      long lead = counted.contains(failure) ? leadMillis(failure) : 0;
      Report.Outcome outcome =
          !counted.contains(failure)
              ? Report.Outcome.NOT_JUDGED
              : lead > 0 ? Report.Outcome.WARNED : Report.Outcome.MISSED;
      MissedFailure miss = missed.get(failure);
      failures.add(
          new Report.Failure(
              failure.asset(),
              failure.component(),
              failure.millis(),
              outcome,
              lead,
              miss == null ? "" : note(miss)));
    }
    return failures;
  }

  /** Every detection on a machine that was judged, by time. */
  List<Report.Alarm> alarms() {
    List<Report.Alarm> alarms = new ArrayList<>();
    for (Detection detection : answer.detections()) {
      if (!history.watched().containsKey(detection.asset().assetId())) {
        continue;
      }
      Verdict verdict = verdicts.get(detection.id());
      if (verdict == null) {
        alarms.add(new Report.Alarm(detection, Report.Verdict.NOT_JUDGED, 0));
      } else {
        alarms.add(
            verdict.isTrue()
                ? new Report.Alarm(detection, Report.Verdict.TRUE, verdict.failureMillis())
                : new Report.Alarm(detection, Report.Verdict.FALSE, 0));
      }
    }
    return alarms;
  }

  /** From the first alarm within the horizon to the failure; 0 when there was none. */
  private long leadMillis(ComponentEvent failure) {
    TreeSet<Long> times = alarmTimes.get(place(failure));
    if (times == null) {
      return 0;
    }
    Long first = times.ceiling(failure.millis() - answer.protocol().horizon().toMillis());
    return first == null || first >= failure.millis() ? 0 : failure.millis() - first;
  }

  /** What came nearest: the furthest match, the nearest symptom, and what else is known. */
  private static String note(MissedFailure miss) {
    List<String> sentences = new ArrayList<>();
    miss.attempts().stream().limit(1).forEach(attempt -> sentences.add(attempt.text()));
    miss.approaches().stream().limit(1).forEach(approach -> sentences.add(approach.text()));
    sentences.addAll(miss.notes());
    return String.join(" ", sentences);
  }

  private static String place(ComponentEvent event) {
    return event.asset() + '\n' + event.component();
  }
}
