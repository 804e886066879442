package io.foreshock.patterns.engine;

import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.OnChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * The patterns of a task and what becomes of state that another set of patterns left behind.
 *
 * <p>Of several versions of one pattern one is live; the others are retired: they open no match and
 * only end what is open.
 */
final class PatternTable {

  private static final Comparator<PatternRuntime> LIVE_FIRST =
      Comparator.comparing(PatternRuntime::retired)
          .thenComparing(PatternRuntime::version, Comparator.reverseOrder());

  private final List<PatternRuntime> all = new ArrayList<>();

  /** Versions of each pattern, the live one first: places by hash, as ids are hashes already. */
  private final List<List<PatternRuntime>> families;

  private final SignalIndex index;

  /** A fixed set: of several versions of a pattern the highest is live. */
  static PatternTable of(List<CompiledPattern> patterns) throws Exception {
    return new PatternTable(byVersion(patterns));
  }

  PatternTable(List<EnginePattern> patterns) throws Exception {
    Map<Long, List<PatternRuntime>> byId = new HashMap<>();
    for (EnginePattern pattern : patterns) {
      PatternRuntime runtime = new PatternRuntime(pattern, all.size());
      all.add(runtime);
      List<PatternRuntime> family = byId.computeIfAbsent(runtime.id(), id -> new ArrayList<>());
      for (PatternRuntime other : family) {
        if (!other.identity().equals(runtime.identity()) || other.version() == runtime.version()) {
          throw new IllegalArgumentException(
              runtime
                  + " and "
                  + other
                  + " would share their state. Give one another name or version.");
        }
      }
      family.add(runtime);
      family.sort(LIVE_FIRST);
    }
    index = new SignalIndex(all);
    int places = 2 * Integer.highestOneBit(Math.max(1, 2 * byId.size()));
    families = new ArrayList<>(Collections.nCopies(places, null));
    byId.forEach((id, family) -> families.set(place(id), family));
  }

  /** Where the versions of a pattern stand, or an empty place. */
  private int place(long patternId) {
    int mask = families.size() - 1;
    int place = (int) patternId & mask;
    while (families.get(place) != null && families.get(place).get(0).id() != patternId) {
      place = place + 1 & mask;
    }
    return place;
  }

  static List<EnginePattern> byVersion(List<CompiledPattern> patterns) {
    Map<String, Integer> newest = new HashMap<>();
    for (CompiledPattern pattern : patterns) {
      newest.merge(pattern.name(), pattern.version(), Math::max);
    }
    return patterns.stream()
        .map(
            pattern ->
                new EnginePattern(
                    pattern,
                    pattern.name(),
                    pattern.name(),
                    pattern.version() < newest.get(pattern.name())))
        .toList();
  }

  void open(RuntimeContext context) throws Exception {
    for (PatternRuntime pattern : all) {
      pattern.open(context);
    }
  }

  void close() throws Exception {
    for (PatternRuntime pattern : all) {
      pattern.close();
    }
  }

  List<PatternRuntime> all() {
    return all;
  }

  SignalIndex index() {
    return index;
  }

  /** The live version of a pattern; null when there is none. */
  PatternRuntime live(long patternId) {
    List<PatternRuntime> family = families.get(place(patternId));
    return family == null ? null : family.get(0);
  }

  /**
   * Under which pattern open matches go on.
   *
   * @param shape shape of the pattern that opened them
   * @return null when they are to be given up
   */
  PatternRuntime resolve(long patternId, int version, int shape) {
    List<PatternRuntime> family = families.get(place(patternId));
    if (family == null) {
      return null;
    }
    PatternRuntime live = family.get(0);
    boolean sameShape = live.graph().shape() == shape;
    if (live.version() == version) {
      return sameShape ? live : null;
    }
    OnChange onChange = live.compiled().onChange();
    if (onChange == OnChange.KEEP) {
      return sameShape ? live : null;
    }
    if (onChange == OnChange.DRAIN) {
      for (PatternRuntime old : family) {
        if (old.version() == version && old.graph().shape() == shape) {
          return old;
        }
      }
    }
    return null;
  }
}
