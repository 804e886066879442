package io.foreshock.backtest.score;

import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Judges what patterns reported on some of the assets. */
final class Sections {
  private final Question question;
  private final List<Detection> detections;

  Sections(Question question, List<Detection> detections) {
    this.question = question;
    this.detections = detections;
  }

  /** Every asset. */
  Section all() {
    return section(question.history(), new ArrayList<>(question.history().assets()));
  }

  /** These assets alone; those that nobody watched are left out. */
  Section of(Collection<String> assets) {
    List<String> judged =
        assets.stream().filter(question.history().watched()::containsKey).toList();
    return section(question.history().only(judged), judged);
  }

  private Section section(JudgedHistory history, List<String> assets) {
    AlarmJudge judge = new AlarmJudge(question.protocol(), history);
    List<Verdict> alarms = judge.judge(events(assets, this::isAlarm));
    List<Verdict> watch =
        judge.judge(events(assets, detection -> detection.severity() == Severity.WATCH));
    SortedSet<String> names = new TreeSet<>(history.components());
    alarms.forEach(verdict -> names.add(verdict.alarm().component()));
    SortedMap<String, Measures> components = new TreeMap<>();
    for (String name : names) {
      components.put(name, figures(judge.tallies(alarms, name)));
    }
    List<PatternMeasures> patterns = new ArrayList<>();
    for (PatternDefinition pattern : question.patterns()) {
      patterns.add(
          new PatternMeasures(
              pattern.name(),
              pattern.version(),
              pattern.detection().component(),
              pattern.detection().severity(),
              pattern(judge, pattern, assets)));
    }
    return new Section(
        assets,
        figures(judge.tallies(alarms, null)),
        judge.found(alarms),
        components,
        figures(judge.tallies(watch, null)),
        patterns);
  }

  private Measures pattern(AlarmJudge judge, PatternDefinition pattern, List<String> assets) {
    List<Verdict> own =
        judge.judge(events(assets, detection -> detection.pattern().equals(pattern.name())));
    return figures(judge.tallies(own, pattern.detection().component()));
  }

  boolean isAlarm(Detection detection) {
    return question.alarmSeverities().contains(detection.severity());
  }

  private Measures figures(List<Tally> tallies) {
    return Measures.of(tallies, question.protocol(), question.bootstrap());
  }

  private List<ComponentEvent> events(Collection<String> assets, Predicate<Detection> wanted) {
    Set<String> known = new HashSet<>(assets);
    return detections.stream()
        .filter(wanted)
        .map(Sections::event)
        .filter(event -> known.contains(event.asset()))
        .toList();
  }

  /** When and what a detection announces. */
  static ComponentEvent event(Detection detection) {
    return new ComponentEvent(
        detection.asset().assetId(), detection.component(), detection.eventTimeMillis());
  }
}
