package io.foreshock.patterns.engine;

import java.util.Collection;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFAState;

/**
 * State of the NFA without a quadratic cost of the stock one: after each signal {@code NFA} removes
 * from the old queue of open matches what the new queue does not hold, one linear search per match,
 * and then throws the old queue away.
 */
final class OpenMatchState extends NFAState {

  OpenMatchState(Collection<ComputationState> open, Queue<ComputationState> completed) {
    super(new Matches(open), completed);
  }

  @Override
  public void setNewPartialMatches(PriorityQueue<ComputationState> open) {
    super.setNewPartialMatches(new Matches(open));
  }

  /** Keeps the order of the array it is made from, so that equals never change places. */
  private static final class Matches extends PriorityQueue<ComputationState> {
    private static final long serialVersionUID = 1L;

    Matches(Collection<ComputationState> from) {
      super(Math.max(1, from.size()), COMPUTATION_STATE_COMPARATOR);
      addAll(from);
    }

    @Override
    public boolean removeIf(Predicate<? super ComputationState> filter) {
      return false;
    }
  }
}
