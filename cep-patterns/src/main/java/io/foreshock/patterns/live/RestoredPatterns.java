package io.foreshock.patterns.live;

import io.foreshock.patterns.engine.EnginePattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which patterns a job would run after a restore: those it had remembered, brought in line with its
 * files. For tools that look at savepoints.
 */
public final class RestoredPatterns {
  /** Name of the broadcast state that remembers patterns. */
  public static final String STATE = PatternRegistry.STATE.getName();

  private RestoredPatterns() {}

  /**
   * The patterns, retired versions included.
   *
   * @param remembered content of the state {@link #STATE}
   * @param rules as the job will have them
   */
  public static List<EnginePattern> of(Map<String, Object> remembered, LiveRules rules)
      throws Exception {
    MemoryPatterns state = new MemoryPatterns();
    remembered.forEach((key, value) -> state.put(key, (LivePattern) value));
    return new LivePatterns(state, rules).patterns();
  }

  /** What open matches of remembered patterns belong to: mostly the pattern's name. */
  public static Set<String> identities(Map<String, Object> remembered) {
    Set<String> identities = new TreeSet<>();
    remembered.values().forEach(value -> identities.add(((LivePattern) value).identity()));
    return identities;
  }
}
