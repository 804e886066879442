package io.foreshock.backtest.score;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of some assets.
 *
 * @param assets their ids, in order
 * @param overall all alarms against all failures
 * @param seen what the same alarms found of all failures, watched without gaps or not
 * @param components the same by component
 * @param watch detections of severity watch as if they were alarms
 * @param patterns each pattern on its own, in the order of their names: its detections, whatever
 *     their severity, against the failures of its component
 */
public record Section(
    List<String> assets,
    Measures overall,
    AlarmJudge.Found seen,
    SortedMap<String, Measures> components,
    Measures watch,
    List<PatternMeasures> patterns) {
  public Section {
    assets = List.copyOf(assets);
    components = Collections.unmodifiableSortedMap(new TreeMap<>(components));
    patterns = List.copyOf(patterns);
  }
}
