package io.foreshock.backtest.score;

import io.foreshock.backtest.data.Truth;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What really happened, as far as it can be judged.
 *
 * @param watched when each asset was watched; every asset that is judged stands here
 * @param failures failures that count, because the time before them was watched
 * @param seenFailures failures of which at least something of the time before was watched; they
 *     hold {@code failures}
 * @param knownFailures every known failure: an alarm is true even when its failure does not count
 */
public record JudgedHistory(
    SortedMap<String, WatchedTime> watched,
    List<ComponentEvent> failures,
    List<ComponentEvent> seenFailures,
    List<ComponentEvent> knownFailures) {

  public JudgedHistory {
    watched = Collections.unmodifiableSortedMap(new TreeMap<>(watched));
    failures = List.copyOf(failures);
    seenFailures = List.copyOf(seenFailures);
    knownFailures = List.copyOf(knownFailures);
  }

  /** What a recording says. */
  public static JudgedHistory of(Truth truth) {
    Observation observation = truth.observation();
    return new JudgedHistory(
        observation.watched(), observation.failures(), observation.allFailures(), truth.failures());
  }

  /** Every failure counts. */
  public static JudgedHistory of(
      SortedMap<String, WatchedTime> watched, List<ComponentEvent> failures) {
    return new JudgedHistory(watched, failures, failures, failures);
  }

  /** Only these assets, everything about the others forgotten. */
  public JudgedHistory only(Collection<String> assets) {
    Set<String> wanted = Set.copyOf(assets);
    SortedMap<String, WatchedTime> some = new TreeMap<>(watched);
    some.keySet().retainAll(wanted);
    return new JudgedHistory(
        some, only(failures, wanted), only(seenFailures, wanted), only(knownFailures, wanted));
  }

  public SortedSet<String> assets() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(watched.keySet()));
  }

  /** Components that fail, whether or not their failures count. */
  public SortedSet<String> components() {
    SortedSet<String> components = new TreeSet<>();
    knownFailures.forEach(failure -> components.add(failure.component()));
    return components;
  }

  boolean watches(ComponentEvent event) {
    return watched.getOrDefault(event.asset(), WatchedTime.never()).contains(event.millis());
  }

  private static List<ComponentEvent> only(List<ComponentEvent> events, Set<String> assets) {
    return events.stream().filter(event -> assets.contains(event.asset())).toList();
  }
}
