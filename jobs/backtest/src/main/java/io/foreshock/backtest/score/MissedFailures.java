package io.foreshock.backtest.score;

import io.foreshock.backtest.run.Results;
import io.foreshock.backtest.score.MissedFailure.Approach;
import io.foreshock.backtest.score.MissedFailure.Attempt;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.patterns.definition.PatternDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Says of failures that no alarm foretold how near the patterns of their component came. */
final class MissedFailures {
  private static final Comparator<Attempt> FURTHEST =
      Comparator.comparingDouble((Attempt a) -> -a.stagesReached() / (double) a.stages())
          .thenComparing(a -> -a.nearMiss().endedAtMillis())
          .thenComparing(a -> a.nearMiss().id());

  private final Question question;
  private final List<Detection> detections;
  private final List<Verdict> verdicts;
  private final Map<String, PatternDefinition> patterns = new HashMap<>();

  MissedFailures(Question question, List<Detection> detections, List<Verdict> verdicts) {
    this.question = question;
    this.detections = detections;
    this.verdicts = verdicts;
    question.patterns().forEach(pattern -> patterns.put(pattern.name(), pattern));
  }

  /**
   * @param missed by time
   * @param run to look closer: asked at most once, for the assets of the failures alone, with near
   *     misses
   */
  List<MissedFailure> explain(List<ComponentEvent> missed, Observed.Run run) throws IOException {
    if (missed.isEmpty()) {
      return List.of();
    }
    List<PatternDefinition> own = patterns.values().stream().filter(this::isAlarm).toList();
    SymptomProbe symptoms = SymptomProbe.of(question.patterns(), missed, question.protocol());
    WithinProbe times = new WithinProbe(own, question.protocol());
    List<PatternDefinition> again = new ArrayList<>(own);
    again.addAll(symptoms.runs());
    again.addAll(times.runs());
    Set<String> assets = new TreeSet<>();
    missed.forEach(failure -> assets.add(failure.asset()));
    Observed closer = run.of(again, assets);
    Spoken spoken = new Spoken(closer.detections());
    Map<ComponentEvent, List<Attempt>> attemptsOf = attempts(missed, closer.nearMisses());
    List<MissedFailure> explained = new ArrayList<>();
    for (ComponentEvent failure : missed) {
      List<Attempt> attempts = attemptsOf.get(failure);
      List<Approach> approaches = new ArrayList<>(times.approaches(failure, spoken));
      approaches.addAll(symptoms.approaches(failure, spoken));
      explained.add(
          new MissedFailure(failure, attempts, approaches, notes(failure, attempts, approaches)));
    }
    return explained;
  }

  /** Goes through the near misses once and keeps what is near a failure. */
  private Map<ComponentEvent, List<Attempt>> attempts(
      List<ComponentEvent> missed, Results<NearMiss> nearMisses) {
    Map<String, List<ComponentEvent>> byPlace = new HashMap<>();
    Map<ComponentEvent, List<Attempt>> attempts = new HashMap<>();
    for (ComponentEvent failure : missed) {
      attempts.put(failure, new ArrayList<>());
      byPlace
          .computeIfAbsent(failure.asset() + '\n' + failure.component(), p -> new ArrayList<>())
          .add(failure);
    }
    long horizon = question.protocol().horizonMillis();
    nearMisses.forEach(
        miss -> {
          PatternDefinition pattern = patterns.get(miss.pattern());
          if (pattern == null || !isAlarm(pattern)) {
            return;
          }
          String place = miss.asset().assetId() + '\n' + pattern.detection().component();
          for (ComponentEvent failure : byPlace.getOrDefault(place, List.of())) {
            if (NearMissText.begins(miss) < failure.millis()
                && miss.endedAtMillis() >= failure.millis() - horizon) {
              attempts.get(failure).add(attempt(miss, pattern, failure));
            }
          }
        });
    attempts.values().forEach(some -> some.sort(FURTHEST));
    return attempts;
  }

  private boolean isAlarm(PatternDefinition pattern) {
    return question.alarmSeverities().contains(pattern.detection().severity());
  }

  private static Attempt attempt(NearMiss miss, PatternDefinition pattern, ComponentEvent failure) {
    int reached =
        (int) miss.evidence().stream().filter(stage -> !stage.signals().isEmpty()).count();
    return new Attempt(
        miss,
        reached,
        Math.max(1, miss.evidence().size()),
        NearMissText.describe(miss, pattern)
            + ", "
            + Words.beforeFailure(miss.endedAtMillis(), failure)
            + ".");
  }

  private List<String> notes(
      ComponentEvent failure, List<Attempt> attempts, List<Approach> approaches) {
    List<String> notes = new ArrayList<>();
    if (patterns.values().stream()
        .noneMatch(p -> isAlarm(p) && p.detection().component().equals(failure.component()))) {
      notes.add("No pattern raises alarms for " + failure.component() + ".");
      return notes;
    }
    long horizon = question.protocol().horizonMillis();
    for (Verdict verdict : verdicts) {
      ComponentEvent alarm = verdict.alarm();
      long before = failure.millis() - alarm.millis();
      if (alarm.asset().equals(failure.asset())
          && alarm.component().equals(failure.component())
          && before > horizon
          && before <= 2 * horizon) {
        notes.add(
            "An alarm came %s before the failure, earlier than the horizon of %s."
                .formatted(Words.hours(before), Words.hours(horizon)));
      }
    }
    for (Detection detection : detections) {
      long before = failure.millis() - detection.eventTimeMillis();
      if (detection.asset().assetId().equals(failure.asset())
          && detection.component().equals(failure.component())
          && before > 0
          && before <= horizon) {
        notes.add(
            "%s detected it at %s, %s before the failure, but %s."
                .formatted(
                    detection.pattern(),
                    Words.time(detection.eventTimeMillis()),
                    Words.hours(before),
                    question.alarmSeverities().contains(detection.severity())
                        ? "it was not accepted: nobody watched then, or an earlier alarm silenced it"
                        : "its severity is "
                            + detection.severity().name().toLowerCase(java.util.Locale.ROOT)
                            + ", which is no alarm"));
      }
    }
    if (attempts.isEmpty() && notes.isEmpty()) {
      notes.add(
          approaches.isEmpty()
              ? "No match of its patterns began within the horizon."
              : "No match of its patterns began within the horizon; see how near the symptoms came.");
    }
    return notes;
  }
}
