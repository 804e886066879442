package io.foreshock.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.savepoint.Contract;
import io.foreshock.savepoint.Snapshot;
import io.foreshock.savepoint.SnapshotContents;
import io.foreshock.savepoint.StateFigures;
import io.foreshock.savepoint.StoredOperator;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A state that a test's savepoint leaves empty is restored by no test. */
final class FilledStates {
  private FilledStates() {}

  /**
   * Demands something in every state of ours. Timers of an operator count as one state, {@code
   * uid/timers}: it has a queue for each domain of time, and uses one.
   *
   * @param empty states, each {@code uid/state}, that the savepoint leaves empty, and no others
   */
  static void demand(String savepoint, Set<String> empty, Path temporary) {
    ClassLoader classes = FilledStates.class.getClassLoader();
    SnapshotContents contents = new SnapshotContents(classes, temporary);
    Map<String, Long> entries = new TreeMap<>();
    for (StoredOperator operator : Snapshot.open(savepoint, classes).operators()) {
      if (!Contract.Operator.isConnector(operator.uid())) {
        for (StateFigures each : contents.count(operator).states()) {
          boolean timers = each.state().kind().equals("PRIORITY_QUEUE");
          entries.merge(
              operator.uid() + "/" + (timers ? "timers" : each.state().name()),
              each.entries(),
              Long::sum);
        }
      }
    }
    entries.values().removeIf(number -> number > 0);
    assertThat(entries.keySet())
        .as("states of %s that hold nothing", savepoint)
        .isEqualTo(Set.copyOf(empty));
  }
}
