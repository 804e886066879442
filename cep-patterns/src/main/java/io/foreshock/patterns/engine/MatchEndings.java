package io.foreshock.patterns.engine;

import io.foreshock.model.NearMiss.Reason;
import io.foreshock.model.Signal;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;

/**
 * Counts matches that end without completing, and tells {@link MatchSink} about those that somebody
 * wants to know of. Evidence is gathered for these alone.
 */
final class MatchEndings {
  private final MatchSink sink;

  MatchEndings(MatchSink sink) {
    this.sink = sink;
  }

  /** Looks for open matches that the signal ends; before the signal is given to the NFA. */
  void brokenBy(
      Signal signal,
      PatternRuntime pattern,
      NFAState state,
      long now,
      SharedBufferAccessor<Signal> accessor)
      throws Exception {
    MatchBreaks breaks = pattern.breaks();
    if (!breaks.any()) {
      return;
    }
    for (ComputationState match : state.getPartialMatches()) {
      if (!OpenMatches.isOpen(match)) {
        continue;
      }
      String stage = breaks.brokenBy(match, signal, now, accessor);
      if (stage == MatchBreaks.LIVES) {
        continue;
      }
      pattern.metrics().broken.inc();
      if (sink.traces(pattern)) {
        sink.ended(
            pattern,
            stage.isEmpty() ? Reason.INTERRUPTED : Reason.FORBIDDEN_STAGE,
            MatchBreaks.taken(match, accessor),
            stage,
            signal,
            now);
      }
    }
  }

  /** A match is given up; before it is taken out of the buffer. */
  void givenUp(
      ComputationState match,
      PatternRuntime pattern,
      Reason reason,
      long now,
      SharedBufferAccessor<Signal> accessor) {
    if (sink.traces(pattern)) {
      sink.ended(pattern, reason, MatchBreaks.taken(match, accessor), "", null, now);
    }
  }
}
