package io.foreshock.patterns.engine;

import io.foreshock.model.NearMiss.Reason;
import io.foreshock.model.Signal;
import java.util.List;
import java.util.Map;

/** Takes what the matcher finds, in a deterministic order. */
interface MatchSink {

  /**
   * @param match signals by stage, as flink-cep names them
   * @param completedAtMillis time that completed the match, for an absence; else {@code
   *     Long.MIN_VALUE}: its last signal did
   */
  void matched(PatternRuntime pattern, Map<String, List<Signal>> match, long completedAtMillis);

  /**
   * Called only when {@link #wantsTimeOuts} says so.
   *
   * @param match what had been taken so far
   * @param deadlineMillis the asset's time at which it ran out of time
   */
  void timedOut(PatternRuntime pattern, Map<String, List<Signal>> match, long deadlineMillis);

  /** False when nobody wants to know of time-outs at all, so that no evidence is gathered. */
  default boolean wantsTimeOuts() {
    return true;
  }

  /**
   * Whether {@link #ended} is wanted for this pattern, on the asset that is being looked at. Asked
   * before evidence is gathered.
   */
  default boolean traces(PatternRuntime pattern) {
    return false;
  }

  /**
   * A match ended for another reason than time. Called only when {@link #traces} says so; counting
   * is the matcher's.
   *
   * @param match what had been taken so far; empty when that is not known
   * @param stage name of the forbidden stage that came, as flink-cep has it; empty otherwise
   * @param by the signal that ended it; null when none did
   * @param atMillis the asset's time
   */
  default void ended(
      PatternRuntime pattern,
      Reason reason,
      Map<String, List<Signal>> match,
      String stage,
      Signal by,
      long atMillis) {}

  /**
   * The asset that is being looked at has more open matches in state than before, or less.
   *
   * @param patternId id, version and shape of the pattern as they stand in state
   * @param change never 0
   */
  default void open(long patternId, int version, int shape, int change) {}
}
