package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.NearMiss;
import io.foreshock.model.PatternTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The near misses of one task: which are wanted, and how many of a pattern are told in a minute.
 * Switched while the task runs.
 */
final class NearMissTrace {
  private static final long MINUTE = 60_000;
  private static final PatternTrace[] NOTHING = {};

  private final NearMissRules rules;
  private final List<NearMiss> collected = new ArrayList<>();
  private List<PatternTrace> wanted;
  private PatternTrace[][] byPosition = {};
  private boolean on;

  NearMissTrace(NearMissRules rules) {
    this.rules = rules;
    this.wanted = rules.traces();
  }

  /** What is wanted from now on, beside what was from the start. */
  void want(List<PatternTrace> published) {
    wanted = new ArrayList<>(rules.traces());
    wanted.addAll(published);
  }

  /** Looks up what is wanted of each pattern, once. */
  void use(List<PatternRuntime> patterns) {
    byPosition = new PatternTrace[patterns.size()][];
    on = false;
    for (PatternRuntime pattern : patterns) {
      PatternTrace[] traces =
          rules.possible()
              ? wanted.stream()
                  .filter(trace -> trace.name().equals(pattern.name()))
                  .toArray(PatternTrace[]::new)
              : NOTHING;
      byPosition[pattern.position()] = traces;
      on |= traces.length > 0;
    }
  }

  /** False when nothing is asked for. */
  boolean isOn() {
    return on;
  }

  /**
   * Whether a near miss that is happening is to be told; counts it when it is withheld.
   *
   * @param nowMillis processing time
   */
  boolean admits(PatternRuntime pattern, AssetRef asset, long nowMillis) {
    if (!wants(pattern, asset)) {
      return false;
    }
    PatternMetrics metrics = pattern.metrics();
    if (nowMillis - metrics.minuteBegan >= MINUTE || nowMillis < metrics.minuteBegan) {
      metrics.minuteBegan = nowMillis;
      metrics.toldThisMinute = 0;
    }
    if (metrics.toldThisMinute == rules.maxPerMinute()) {
      metrics.nearMissesWithheld.inc();
      return false;
    }
    metrics.toldThisMinute++;
    return true;
  }

  private boolean wants(PatternRuntime pattern, AssetRef asset) {
    for (PatternTrace trace : byPosition[pattern.position()]) {
      if (trace.covers(asset)) {
        return true;
      }
    }
    return false;
  }

  void add(NearMiss miss) {
    collected.add(miss);
  }

  boolean isEmpty() {
    return collected.isEmpty();
  }

  /** Hands over what was collected since the last call. */
  void drainTo(Consumer<NearMiss> output) {
    collected.forEach(output);
    collected.clear();
  }
}
