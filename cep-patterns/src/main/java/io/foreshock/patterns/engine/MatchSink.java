package io.foreshock.patterns.engine;

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
   * @param match what had been taken so far
   * @param deadlineMillis the asset's time at which it ran out of time
   */
  void timedOut(PatternRuntime pattern, Map<String, List<Signal>> match, long deadlineMillis);
}
