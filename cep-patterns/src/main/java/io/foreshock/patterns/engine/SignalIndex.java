package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.Relevance;
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

  private final Names[] byName = new Names[SignalKind.values().length];
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
      byName[kind.ordinal()] = new Names(ofKind);
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
    int kind = signal.kind().ordinal();
    PatternRuntime[] named = byName[kind].get(signal.name());
    return named != null ? named : byKind[kind];
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

  /**
   * Patterns by name. Nearly all signals have a name that none asks for, and each is a text of its
   * own, which has never been hashed: length and end tell most names apart.
   */
  private static final class Names {
    private static final int PLACES_PER_NAME = 8;
    private static final int END = 4;

    private final String[] names;
    private final PatternRuntime[][] patterns;
    private final int shift;

    Names(Map<String, PatternRuntime[]> byName) {
      int places = Math.max(16, Integer.highestOneBit(2 * PLACES_PER_NAME * byName.size()));
      names = new String[places];
      patterns = new PatternRuntime[places][];
      shift = Integer.numberOfLeadingZeros(places - 1);
      byName.forEach(
          (name, ofName) -> {
            int place = first(name);
            while (names[place] != null) {
              place = following(place);
            }
            names[place] = name;
            patterns[place] = ofName;
          });
    }

    /** Null for a name that no pattern asks for. */
    PatternRuntime[] get(String name) {
      for (int place = first(name); names[place] != null; place = following(place)) {
        if (names[place].equals(name)) {
          return patterns[place];
        }
      }
      return null;
    }

    private int following(int place) {
      return place + 1 & names.length - 1;
    }

    private int first(String name) {
      int hash = name.length();
      for (int i = Math.max(0, hash - END); i < name.length(); i++) {
        hash = 31 * hash + name.charAt(i);
      }
      return hash * 0x9E3779B9 >>> shift;
    }
  }
}
