package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern.Overflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;

/** Counts open matches and gives some up. */
final class OpenMatches {

  private OpenMatches() {}

  /** Sees each match that is given up, while the buffer still holds its signals. */
  @FunctionalInterface
  interface Farewell {
    void to(ComputationState match, SharedBufferAccessor<Signal> accessor);
  }

  /** Open matches, and complete ones that an earlier open match holds back. */
  static int count(NFAState state) {
    int count = state.getCompletedMatches().size();
    for (ComputationState match : state.getPartialMatches()) {
      count += isOpen(match) ? 1 : 0;
    }
    return count;
  }

  /** The start state waits in the same queue, but is no match. */
  static boolean isOpen(ComputationState match) {
    return match.getStartEventID() != null;
  }

  /**
   * Gives up open matches until at most {@code max} are left.
   *
   * @return how many were given up
   */
  static int bound(
      NFAState state,
      int max,
      Overflow overflow,
      SharedBufferAccessor<Signal> accessor,
      Farewell farewell)
      throws Exception {
    int dropped = 0;
    for (int open = count(state);
        open > max && dropOne(state, overflow, accessor, farewell);
        open--) {
      dropped++;
    }
    return dropped;
  }

  static boolean dropOne(
      NFAState state, Overflow overflow, SharedBufferAccessor<Signal> accessor, Farewell farewell)
      throws Exception {
    Queue<ComputationState> matches = state.getPartialMatches();
    ComputationState oldest = matches.peek();
    if (oldest == null || !isOpen(oldest)) {
      return false;
    }
    ComputationState victim = oldest;
    if (overflow == Overflow.DROP_NEWEST) {
      for (ComputationState match : matches) {
        if (isOpen(match) && NFAState.COMPUTATION_STATE_COMPARATOR.compare(match, victim) >= 0) {
          victim = match;
        }
      }
    }
    farewell.to(victim, accessor);
    drop(victim, matches, accessor);
    return true;
  }

  /**
   * Gives up the matches that only an absence keeps open and that ran out of time: nobody can say
   * whether what should be absent was.
   *
   * @return how many were given up
   */
  static int dropAbsences(
      NFAState state,
      long time,
      PatternRuntime pattern,
      SharedBufferAccessor<Signal> accessor,
      Farewell farewell)
      throws Exception {
    List<ComputationState> victims = new ArrayList<>();
    for (ComputationState match : state.getPartialMatches()) {
      if (isOpen(match)
          && pattern.graph().state(pattern.graph().index(match.getCurrentStateName())).isPending()
          && pattern.windows().deadline(match) <= time) {
        victims.add(match);
      }
    }
    for (ComputationState victim : victims) {
      farewell.to(victim, accessor);
      drop(victim, state.getPartialMatches(), accessor);
    }
    return victims.size();
  }

  private static void drop(
      ComputationState match,
      Queue<ComputationState> matches,
      SharedBufferAccessor<Signal> accessor)
      throws Exception {
    matches.remove(match);
    accessor.releaseNode(match.getPreviousBufferEntry(), match.getVersion());
  }
}
