package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.Relevance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which patterns a signal may matter to, by kind and name: one look-up for all patterns together.
 */
final class SignalIndex {

  private static final PatternRuntime[] NONE = {};

  private final List<Map<String, PatternRuntime[]>> byName = new ArrayList<>();
  private final PatternRuntime[][] byKind = new PatternRuntime[SignalKind.values().length][];
  private final PatternRuntime[] watchers;

  /**
   * @param patterns in the order in which they are to be evaluated
   */
  SignalIndex(List<PatternRuntime> patterns) {
    for (SignalKind kind : SignalKind.values()) {
      Set<String> names = new HashSet<>();
      for (PatternRuntime pattern : patterns) {
        names.addAll(pattern.relevance().names().getOrDefault(kind, Set.of()));
      }
      Map<String, PatternRuntime[]> ofKind = new HashMap<>();
      for (String name : names) {
        ofKind.put(name, select(patterns, kind, name));
      }
      byName.add(ofKind);
      byKind[kind.ordinal()] = select(patterns, kind, null);
    }
    watchers = patterns.stream().filter(PatternRuntime::timeMatters).toArray(PatternRuntime[]::new);
  }

  private static PatternRuntime[] select(
      List<PatternRuntime> patterns, SignalKind kind, String name) {
    return patterns.stream()
        .filter(
            pattern -> {
              Relevance relevance = pattern.relevance();
              return relevance.everySignal()
                  || relevance.wholeKinds().contains(kind)
                  || (name != null
                      && relevance.names().getOrDefault(kind, Set.of()).contains(name));
            })
        .toArray(PatternRuntime[]::new);
  }

  /** Patterns that may use the signal, whatever the asset; in the order of evaluation. */
  PatternRuntime[] candidates(Signal signal) {
    if (Heartbeat.is(signal)) {
      return NONE;
    }
    PatternRuntime[] named = byName.get(signal.kind().ordinal()).get(signal.name());
    return named != null ? named : byKind[signal.kind().ordinal()];
  }

  /** True when one of the patterns applies to the asset. */
  static boolean anyCovers(PatternRuntime[] patterns, AssetRef asset) {
    for (PatternRuntime pattern : patterns) {
      if (pattern.covers(asset)) {
        return true;
      }
    }
    return false;
  }

  /**
   * True when an open match of the asset may wait for nothing but time to pass, so that any signal
   * of the asset is worth a look.
   */
  boolean watches(AssetRef asset) {
    return anyCovers(watchers, asset);
  }
}
