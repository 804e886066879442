package io.foreshock.backtest.score;

import io.foreshock.model.Detection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** When patterns of a run detected something, by pattern and asset. */
final class Spoken {
  private static final TreeSet<Long> NEVER = new TreeSet<>();

  private final Map<String, Map<String, TreeSet<Long>>> times = new HashMap<>();

  Spoken(List<Detection> detections) {
    for (Detection detection : detections) {
      times
          .computeIfAbsent(detection.pattern(), p -> new HashMap<>())
          .computeIfAbsent(detection.asset().assetId(), a -> new TreeSet<>())
          .add(detection.eventTimeMillis());
    }
  }

  TreeSet<Long> times(String pattern, String asset) {
    return times.getOrDefault(pattern, Map.of()).getOrDefault(asset, NEVER);
  }

  /** The first time within the horizon before a failure; null when there is none. */
  Long within(String pattern, ComponentEvent failure, Protocol protocol) {
    Long first =
        times(pattern, failure.asset()).ceiling(failure.millis() - protocol.horizonMillis());
    return first != null && first < failure.millis() ? first : null;
  }
}
