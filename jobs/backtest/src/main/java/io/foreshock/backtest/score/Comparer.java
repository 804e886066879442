package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Comparison.Difference;
import io.foreshock.backtest.score.Comparison.Outcome;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds two versions of patterns against each other. An alarm of one and an alarm of the other on
 * the same asset and component are the same when they come at the same time; when they come less
 * than the silence of the protocol apart they are one difference, else two.
 */
public final class Comparer {
  private final String nameA;
  private final String nameB;
  private final ComparedVersion first;
  private final ComparedVersion second;

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
    this.nameA = nameA;
    this.nameB = nameB;
    first = ComparedVersion.of("a", question, a);
    second = ComparedVersion.of("b", question.about(patternsB), b);
  }

  public Comparison compare() {
    first.lookNear(second.alarms());
    second.lookNear(first.alarms());
    List<Difference> differences = new ArrayList<>();
    int same = 0;
    SortedMap<String, List<Deque<Verdict>>> byPlace = new TreeMap<>();
    put(first.alarms(), 0, byPlace);
    put(second.alarms(), 1, byPlace);
    for (List<Deque<Verdict>> both : byPlace.values()) {
      same += compare(both.get(0), both.get(1), differences);
    }
    differences.sort(
        Comparator.comparingLong(Difference::millis)
            .thenComparing(Difference::asset)
            .thenComparing(Difference::component));
    return new Comparison(
        nameA,
        nameB,
        first.sections().all(),
        second.sections().all(),
        first.split(),
        second.split(),
        first.observed().cost(),
        second.observed().cost(),
        same,
        differences,
        second.observed().detections());
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
    return Math.abs(timeA - timeB) < first.question().protocol().silenceMillis()
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
          .formatted(second.name(), Words.hours(Math.abs(apart)), apart > 0 ? "later" : "earlier");
    }
    return a == null ? first.whySilent(b.alarm()) : second.whySilent(a.alarm());
  }

  static String place(ComponentEvent event) {
    return event.asset() + '\n' + event.component();
  }
}
