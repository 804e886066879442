package io.foreshock.backtest.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.Truth;
import io.foreshock.model.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a backtest found.
 *
 * @param detections everything the patterns reported, by time
 * @param alarms critical detections that counted, with what came of them
 * @param overall score of the alarms
 * @param allFailures what the same alarms found of {@link Observation#allFailures()}
 * @param components the same by component
 * @param watch score of detections of severity watch
 * @param baseline score of the simplest rule, {@link Truth#naive}
 */
public record BacktestResult(
    List<Detection> detections,
    List<AlarmScoring.Verdict> alarms,
    Score overall,
    AlarmScoring.Found allFailures,
    SortedMap<String, Score> components,
    Score watch,
    Score baseline) {

  /**
   * Scores what the patterns reported.
   *
   * @param detections by time
   */
  public static BacktestResult of(Truth truth, List<Detection> detections) {
    AlarmScoring scoring = new AlarmScoring(truth.observation(), truth.failures());
    List<AlarmScoring.Verdict> alarms =
        scoring.judge(events(detections, Detection.Severity.CRITICAL));
    SortedSet<String> names = new TreeSet<>();
    truth.failures().forEach(failure -> names.add(failure.component()));
    alarms.forEach(alarm -> names.add(alarm.alarm().component()));
    SortedMap<String, Score> components = new TreeMap<>();
    for (String name : names) {
      components.put(name, scoring.score(alarms, name));
    }
    return new BacktestResult(
        detections,
        alarms,
        scoring.score(alarms, null),
        scoring.found(alarms),
        components,
        scoring.score(scoring.judge(events(detections, Detection.Severity.WATCH)), null),
        scoring.score(scoring.judge(truth.naive()), null));
  }

  /** The result in the form that other programs read; an unknown figure is null. */
  public ObjectNode toJson() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    put(root.putObject("overall"), overall);
    ObjectNode all = root.putObject("allFailures");
    all.put("failures", allFailures.failures());
    all.put("found", allFailures.found());
    number(all, "recall", allFailures.recall());
    ObjectNode byComponent = root.putObject("components");
    components.forEach((name, score) -> put(byComponent.putObject(name), score));
    put(root.putObject("watch"), watch);
    put(root.putObject("baseline"), baseline);
    return root;
  }

  private static List<ComponentEvent> events(
      List<Detection> detections, Detection.Severity severity) {
    List<ComponentEvent> events = new ArrayList<>();
    for (Detection detection : detections) {
      if (detection.severity() == severity) {
        events.add(
            new ComponentEvent(
                detection.asset().assetId(), detection.component(), detection.eventTimeMillis()));
      }
    }
    return events;
  }

  private static void put(ObjectNode node, Score score) {
    node.put("alarms", score.alarms());
    node.put("true", score.trueAlarms());
    node.put("failures", score.failures());
    number(node, "precision", score.precision());
    number(node, "recall", score.recall());
    number(node, "f1", score.f1());
    number(node, "leadHoursMedian", score.leadHoursMedian());
    number(node, "leadHoursP10", score.leadHoursP10());
    number(node, "falseAlarmsPerMachineMonth", score.falseAlarmsPerMachineMonth());
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, Math.round(value * 10_000) / 10_000.0);
    }
  }
}
