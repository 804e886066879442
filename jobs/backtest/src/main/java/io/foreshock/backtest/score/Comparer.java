package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Answer.Split;
import io.foreshock.backtest.score.Comparison.Difference;
import io.foreshock.backtest.score.Comparison.Outcome;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds two versions of patterns against each other. An alarm of one and an alarm of the other on
 * the same asset and component are the same when they come at the same time; when they come less
 * than the silence of the protocol apart they are one difference, else two.
 */
public final class Comparer {
  private final Version first;
  private final Version second;

  /** One version. */
  private record Version(
      String name,
      Question question,
      Observed observed,
      Sections sections,
      List<Verdict> alarms,
      Map<ComponentEvent, Near> near) {
    static Version of(String name, Question question, Observed observed) {
      Sections sections = new Sections(question, observed.detections());
      AlarmJudge judge = new AlarmJudge(question.protocol(), question.history());
      return new Version(
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
  }

  /**
   * @param nameA what to call the first version
   * @param question about the patterns of the first version
   * @param a what they brought
   * @param nameB what to call the second version
   * @param patternsB the second version
   * @param b what it brought
   */
  public Comparer(
      String nameA,
      Question question,
      Observed a,
      String nameB,
      List<PatternDefinition> patternsB,
      Observed b) {
    first = Version.of(nameA, question, a);
    second = Version.of(nameB, question.about(patternsB), b);
  }

  /** The near miss that is nearest to an alarm of the other version. */
  private record Near(long apartMillis, String text) {}

  public Comparison compare() {
    lookNear(first, second.alarms);
    lookNear(second, first.alarms);
    List<Difference> differences = new ArrayList<>();
    int same = 0;
    SortedMap<String, List<Deque<Verdict>>> byPlace = new TreeMap<>();
    put(first.alarms, 0, byPlace);
    put(second.alarms, 1, byPlace);
    for (List<Deque<Verdict>> both : byPlace.values()) {
      same += compare(both.get(0), both.get(1), differences);
    }
    differences.sort(
        Comparator.comparingLong(Difference::millis)
            .thenComparing(Difference::asset)
            .thenComparing(Difference::component));
    return new Comparison(
        first.name,
        second.name,
        first.sections.all(),
        second.sections.all(),
        first.split(),
        second.split(),
        first.observed.cost(),
        second.observed.cost(),
        same,
        differences,
        second.observed.detections());
  }

  private static void put(
      List<Verdict> alarms, int which, SortedMap<String, List<Deque<Verdict>>> byPlace) {
    for (Verdict verdict : alarms) {
      byPlace
          .computeIfAbsent(
              place(verdict.alarm()), place -> List.of(new ArrayDeque<>(), new ArrayDeque<>()))
          .get(which)
          .add(verdict);
    }
  }

  /** Alarms of one place, by time; returns how many are the same. */
  private int compare(Deque<Verdict> a, Deque<Verdict> b, List<Difference> differences) {
    int same = 0;
    while (!a.isEmpty() || !b.isEmpty()) {
      long timeA = a.isEmpty() ? Long.MAX_VALUE : a.peek().alarm().millis();
      long timeB = b.isEmpty() ? Long.MAX_VALUE : b.peek().alarm().millis();
      if (timeA == timeB) {
        a.poll();
        b.poll();
        same++;
      } else if (!a.isEmpty() && !b.isEmpty() && pair(a, b, timeA, timeB)) {
        differences.add(difference(a.poll(), b.poll()));
      } else if (timeA < timeB) {
        differences.add(difference(a.poll(), null));
      } else {
        differences.add(difference(null, b.poll()));
      }
    }
    return same;
  }

  /** Near to each other, and neither is the same as the next of the other. */
  private boolean pair(Deque<Verdict> a, Deque<Verdict> b, long timeA, long timeB) {
    return Math.abs(timeA - timeB) < first.question.protocol().silenceMillis()
        && !holds(a, timeB)
        && !holds(b, timeA);
  }

  private static boolean holds(Deque<Verdict> alarms, long millis) {
    return alarms.stream().anyMatch(verdict -> verdict.alarm().millis() == millis);
  }

  private Difference difference(Verdict a, Verdict b) {
    Verdict one = a == null ? b : a;
    Optional<Long> failure =
        a != null && a.isTrue()
            ? Optional.of(a.failureMillis())
            : b != null && b.isTrue() ? Optional.of(b.failureMillis()) : Optional.empty();
    return new Difference(
        one.alarm().asset(),
        one.alarm().component(),
        Optional.ofNullable(a).map(v -> v.alarm().millis()),
        Optional.ofNullable(b).map(v -> v.alarm().millis()),
        outcome(a),
        outcome(b),
        failure,
        why(a, b));
  }

  private static Outcome outcome(Verdict verdict) {
    return verdict == null
        ? Outcome.NO_ALARM
        : verdict.isTrue() ? Outcome.TRUE_ALARM : Outcome.FALSE_ALARM;
  }

  private String why(Verdict a, Verdict b) {
    if (a != null && b != null) {
      long apart = b.alarm().millis() - a.alarm().millis();
      return "%s raised it %s %s."
          .formatted(second.name, Words.hours(Math.abs(apart)), apart > 0 ? "later" : "earlier");
    }
    return a == null ? silent(first, b.alarm()) : silent(second, a.alarm());
  }

  /** Why a version raised no alarm where the other did; empty when that is not known. */
  private String silent(Version version, ComponentEvent alarm) {
    for (Detection detection : version.observed.detections()) {
      if (Sections.event(detection).equals(alarm)) {
        return version.sections.isAlarm(detection)
            ? "%s detected it as well, but was silent after an earlier alarm."
                .formatted(version.name)
            : "%s detected it as well, with severity %s."
                .formatted(version.name, detection.severity().name().toLowerCase(Locale.ROOT));
      }
    }
    if (version.alarmPatterns().stream()
        .noneMatch(pattern -> pattern.detection().component().equals(alarm.component()))) {
      return "%s has no pattern that raises alarms for %s."
          .formatted(version.name, alarm.component());
    }
    return nearMiss(version, alarm);
  }

  private static String nearMiss(Version version, ComponentEvent alarm) {
    Near near = version.near.get(alarm);
    return near == null
        ? "In %s no match began.".formatted(version.name)
        : "In %s %s.".formatted(version.name, near.text);
  }

  /** Goes through the near misses once and keeps the nearest to each alarm of the other version. */
  private static void lookNear(Version version, List<Verdict> others) {
    Set<ComponentEvent> own = new HashSet<>();
    version.alarms.forEach(verdict -> own.add(verdict.alarm()));
    Map<String, List<ComponentEvent>> byPlace = new HashMap<>();
    for (Verdict verdict : others) {
      ComponentEvent alarm = verdict.alarm();
      if (!own.contains(alarm)) {
        byPlace.computeIfAbsent(place(alarm), p -> new ArrayList<>()).add(alarm);
      }
    }
    if (byPlace.isEmpty()) {
      return;
    }
    Map<String, PatternDefinition> patterns = new HashMap<>();
    version.alarmPatterns().forEach(pattern -> patterns.put(pattern.name(), pattern));
    version
        .observed
        .nearMisses()
        .forEach(
            miss -> {
              PatternDefinition pattern = patterns.get(miss.pattern());
              if (pattern != null) {
                String place = miss.asset().assetId() + '\n' + pattern.detection().component();
                for (ComponentEvent alarm : byPlace.getOrDefault(place, List.of())) {
                  keepNearest(version, miss, pattern, alarm);
                }
              }
            });
  }

  private static void keepNearest(
      Version version, NearMiss miss, PatternDefinition pattern, ComponentEvent alarm) {
    long apart = Math.abs(miss.endedAtMillis() - alarm.millis());
    Near before = version.near.get(alarm);
    if (MissedFailures.begins(miss) <= alarm.millis()
        && miss.endedAtMillis() >= alarm.millis() - pattern.within().toMillis()
        && (before == null || apart < before.apartMillis)) {
      version.near.put(alarm, new Near(apart, MissedFailures.describe(miss, pattern)));
    }
  }

  private static String place(ComponentEvent event) {
    return event.asset() + '\n' + event.component();
  }
}
