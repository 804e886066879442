package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one asset's stream gave.
 *
 * @param matches each as stages with the numbers of their signals, sorted
 * @param timeOuts the same with the time at which time ran out
 */
record Outcome(List<String> matches, List<String> timeOuts) {

  static Outcome empty() {
    return new Outcome(new ArrayList<>(), new ArrayList<>());
  }

  Outcome sorted() {
    Collections.sort(matches);
    Collections.sort(timeOuts);
    return this;
  }

  /** The outcome of the asset that the match is of. */
  static Outcome of(Map<String, List<Signal>> match, Map<String, Outcome> outcomes) {
    return outcomes.get(match.values().iterator().next().get(0).asset().key());
  }

  /** Numbers of the signals by stage. */
  static String print(Map<String, List<Signal>> match) {
    TreeMap<String, List<Integer>> numbers = new TreeMap<>();
    match.forEach(
        (stage, signals) ->
            numbers.put(stage, signals.stream().map(signal -> (int) signal.score()).toList()));
    return numbers.toString();
  }
}
