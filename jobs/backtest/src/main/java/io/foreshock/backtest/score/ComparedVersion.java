package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Answer.Split;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One of two versions that are compared, and why it was silent where the other was not.
 *
 * @param name what to call it in a sentence: a or b
 * @param question about its patterns
 * @param observed what they brought
 * @param sections judges it
 * @param alarms its alarms
 * @param near filled by {@link #lookNear}: its near miss nearest to each alarm of the other
 */
record ComparedVersion(
    String name,
    Question question,
    Observed observed,
    Sections sections,
    List<Verdict> alarms,
    Map<ComponentEvent, Near> near) {
  static ComparedVersion of(String name, Question question, Observed observed) {
    Sections sections = new Sections(question, observed.detections());
    AlarmJudge judge = new AlarmJudge(question.protocol(), question.history());
    return new ComparedVersion(
        name,
        question,
        observed,
        sections,
        Answers.verdicts(judge, sections, observed.detections()),
        new HashMap<>());
  }

  List<PatternDefinition> alarmPatterns() {
    return question.patterns().stream()
        .filter(p -> question.alarmSeverities().contains(p.detection().severity()))
        .toList();
  }

  Optional<Split> split() {
    return question
        .split()
        .map(split -> new Split(sections.of(split.train()), sections.of(split.test())));
  }

  /** The near miss that is nearest to an alarm of the other version. */
  record Near(long apartMillis, String text) {}

  /** Why this version raised no alarm where the other did; empty when that is not known. */
  String whySilent(ComponentEvent alarm) {
    for (Detection detection : observed.detections()) {
      if (Sections.event(detection).equals(alarm)) {
        return sections.isAlarm(detection)
            ? "%s detected it as well, but was silent after an earlier alarm.".formatted(name)
            : "%s detected it as well, with severity %s."
                .formatted(name, detection.severity().name().toLowerCase(Locale.ROOT));
      }
    }
    if (alarmPatterns().stream()
        .noneMatch(pattern -> pattern.detection().component().equals(alarm.component()))) {
      return "%s has no pattern that raises alarms for %s.".formatted(name, alarm.component());
    }
    return nearMiss(alarm);
  }

  private String nearMiss(ComponentEvent alarm) {
    Near nearest = near.get(alarm);
    return nearest == null
        ? "In %s no match began.".formatted(name)
        : "In %s %s.".formatted(name, nearest.text);
  }

  /** Goes through the near misses once and keeps the nearest to each alarm of the other */
  void lookNear(List<Verdict> others) {
    Set<ComponentEvent> own = new HashSet<>();
    alarms.forEach(verdict -> own.add(verdict.alarm()));
    Map<String, List<ComponentEvent>> byPlace = new HashMap<>();
    for (Verdict verdict : others) {
      ComponentEvent alarm = verdict.alarm();
      if (!own.contains(alarm)) {
        byPlace.computeIfAbsent(Comparer.place(alarm), p -> new ArrayList<>()).add(alarm);
      }
    }
    if (byPlace.isEmpty()) {
      return;
    }
    Map<String, PatternDefinition> patterns = new HashMap<>();
    alarmPatterns().forEach(pattern -> patterns.put(pattern.name(), pattern));
    observed
        .nearMisses()
        .forEach(
            miss -> {
              PatternDefinition pattern = patterns.get(miss.pattern());
              if (pattern != null) {
                String place = miss.asset().assetId() + '\n' + pattern.detection().component();
                for (ComponentEvent alarm : byPlace.getOrDefault(place, List.of())) {
                  keepNearest(miss, pattern, alarm);
                }
              }
            });
  }

  private void keepNearest(NearMiss miss, PatternDefinition pattern, ComponentEvent alarm) {
    long apart = Math.abs(miss.endedAtMillis() - alarm.millis());
    Near before = near.get(alarm);
    if (NearMissText.begins(miss) <= alarm.millis()
        && miss.endedAtMillis() >= alarm.millis() - pattern.within().toMillis()
        && (before == null || apart < before.apartMillis)) {
      near.put(alarm, new Near(apart, NearMissText.describe(miss, pattern)));
    }
  }
}
