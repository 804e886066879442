package io.foreshock.backtest.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The failures of a {@link JudgedHistory} by asset and component, in order of time. */
final class Failures {
  private static final long[] NONE = {};

  private final JudgedHistory history;
  private final Map<String, Map<String, long[]>> counted;
  private final Map<String, Map<String, long[]>> known;

  Failures(JudgedHistory history) {
    this.history = history;
    counted = byAsset(history.failures());
    known = byAsset(history.knownFailures());
  }

  JudgedHistory history() {
    return history;
  }

  /** Components of the asset that failed. */
  Set<String> components(String asset) {
    return known.getOrDefault(asset, Map.of()).keySet();
  }

  /** Failures that count. */
  long[] counted(String asset, String component) {
    return counted.getOrDefault(asset, Map.of()).getOrDefault(component, NONE);
  }

  long[] known(String asset, String component) {
    return known.getOrDefault(asset, Map.of()).getOrDefault(component, NONE);
  }

  /** Position of the first time after the given one. */
  static int after(long[] ascending, long millis) {
    int found = Arrays.binarySearch(ascending, millis + 1);
    return found >= 0 ? found : -found - 1;
  }

  private static Map<String, Map<String, long[]>> byAsset(List<ComponentEvent> events) {
    Map<String, Map<String, long[]>> byAsset = new HashMap<>();
    for (ComponentEvent event : events.stream().sorted().distinct().toList()) {
      byAsset
          .computeIfAbsent(event.asset(), a -> new TreeMap<>())
          .merge(
              event.component(),
              new long[] {event.millis()},
              (before, one) -> {
                long[] longer = Arrays.copyOf(before, before.length + 1);
                longer[before.length] = one[0];
                return longer;
              });
    }
    return byAsset;
  }
}
