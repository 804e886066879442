package io.foreshock.patterns.engine;

import io.foreshock.patterns.CompiledPattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of open matches when a job with a given set of patterns finds them in its state: the
 * engine's own decision, asked beforehand.
 */
public final class PatternFates {
  private final PatternTable table;
  private final Map<Long, PatternRuntime> live = new HashMap<>();

  /** What becomes of open matches of one version of a pattern. */
  public enum Fate {
    /** Go on: the same version runs. */
    CONTINUE,
    /** Go on under the new version's conditions, as its {@code onChange: keep} says. */
    KEPT,
    /** End by the rules of their own version, as the new one's {@code onChange: drain} says. */
    DRAIN,
    /** Are given up, as the new version's {@code onChange: drop} says. */
    DROPPED,
    /** Are given up: no such pattern runs. */
    REMOVED,
    /** Are given up: the same version has other stages now. */
    CHANGED_WITHOUT_VERSION,
    /** Are given up: {@code onChange: keep}, but the stages are others. */
    KEEP_IMPOSSIBLE,
    /** Are given up: {@code onChange: drain}, but their own version is not at hand. */
    DRAIN_IMPOSSIBLE
  }

  private PatternFates(PatternTable table) {
    this.table = table;
    for (PatternRuntime pattern : table.all()) {
      live.put(pattern.id(), table.live(pattern.id()));
    }
  }

  /** Of patterns from files: of several versions the highest is live. */
  public static PatternFates of(List<CompiledPattern> patterns) throws Exception {
    return new PatternFates(PatternTable.of(patterns));
  }

  /** Of patterns that may change while the job runs. */
  public static PatternFates ofLive(List<EnginePattern> patterns) throws Exception {
    return new PatternFates(new PatternTable(patterns));
  }

  /** Name of a pattern that runs; empty when none has the id. */
  public String name(long patternId) {
    PatternRuntime pattern = live.get(patternId);
    return pattern == null ? "" : pattern.label();
  }

  /** Version that runs; 0 when none does. */
  public int version(long patternId) {
    PatternRuntime pattern = live.get(patternId);
    return pattern == null ? 0 : pattern.version();
  }

  /** What becomes of matches that a version of a pattern has opened. */
  public Fate of(long patternId, int version, int shape) {
    PatternRuntime runs = live.get(patternId);
    if (runs == null) {
      return Fate.REMOVED;
    }
    PatternRuntime heir = table.resolve(patternId, version, shape);
    if (heir != null) {
      return heir != runs ? Fate.DRAIN : heir.version() == version ? Fate.CONTINUE : Fate.KEPT;
    }
    if (runs.version() == version) {
      return Fate.CHANGED_WITHOUT_VERSION;
    }
    return switch (runs.compiled().onChange()) {
      case KEEP -> Fate.KEEP_IMPOSSIBLE;
      case DRAIN -> Fate.DRAIN_IMPOSSIBLE;
      case DROP -> Fate.DROPPED;
    };
  }
}
