package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.State;
import org.apache.flink.cep.nfa.StateTransition;
import org.apache.flink.cep.nfa.StateTransitionAction;
import org.apache.flink.cep.nfa.compiler.NFAStateNameHandler;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/**
 * Whether a signal ends an open match: because a stage came that must stay away, or because strict
 * contiguity wants another one. flink-cep drops such matches without a word; so its decision graph
 * is followed here as well ({@code NFA.createDecisionGraph}), for the states from which a match can
 * be dropped at all. Most patterns have none, and cost nothing.
 */
final class MatchBreaks {

  /** The match lives on, or completes. */
  static final String LIVES = null;

  /** No edge holds: strict contiguity is broken. */
  static final String INTERRUPTED = "";

  private final Map<String, State<Signal>> fragile = new HashMap<>();
  private final List<State<Signal>> stack = new ArrayList<>();
  private final Taken taken = new Taken();

  MatchBreaks(NFA<Signal> nfa) {
    for (State<Signal> state : nfa.getStates()) {
      if (!state.isFinal() && !state.isStop() && (!ignores(state) || reachesStop(state))) {
        fragile.put(state.getName(), state);
      }
    }
  }

  /** flink-cep's relaxed contiguity: ignored when not taken, so some edge always holds. */
  private static boolean ignores(State<Signal> state) {
    return state.getStateTransitions().stream()
        .anyMatch(
            edge ->
                edge.getAction() == StateTransitionAction.IGNORE
                    && edge.getTargetState().getName().equals(state.getName()));
  }

  private static boolean reachesStop(State<Signal> state) {
    return state.getStateTransitions().stream()
        .anyMatch(
            edge ->
                edge.getAction() == StateTransitionAction.PROCEED
                    && (edge.getTargetState().isStop()
                        || edge.getTargetState() != state && reachesStop(edge.getTargetState())));
  }

  /** False when no signal can end a match of the pattern. */
  boolean any() {
    return !fragile.isEmpty();
  }

  /**
   * What the signal does to an open match.
   *
   * @return {@link #LIVES}, {@link #INTERRUPTED}, or the name of the forbidden stage that came
   */
  String brokenBy(
      ComputationState match, Signal signal, long now, SharedBufferAccessor<Signal> accessor)
      throws Exception {
    State<Signal> from = fragile.get(match.getCurrentStateName());
    if (from == null) {
      return LIVES;
    }
    taken.begin(match, now, accessor);
    stack.clear();
    stack.add(from);
    boolean any = false;
    String forbidden = LIVES;
    while (!stack.isEmpty()) {
      for (StateTransition<Signal> edge : stack.remove(stack.size() - 1).getStateTransitions()) {
        if (edge.getCondition() != null && !edge.getCondition().filter(signal, taken)) {
          continue;
        }
        State<Signal> target = edge.getTargetState();
        if (edge.getAction() == StateTransitionAction.PROCEED) {
          stack.add(target);
          continue;
        }
        any = true;
        if (target.isFinal()) {
          return LIVES;
        }
        if (target.isStop()) {
          forbidden = NFAStateNameHandler.getOriginalNameFromInternal(target.getName());
        }
      }
    }
    return any ? forbidden : INTERRUPTED;
  }

  /** Signals that a match has taken, as flink-cep shows them to conditions. */
  static Map<String, List<Signal>> taken(
      ComputationState match, SharedBufferAccessor<Signal> accessor) {
    List<Map<String, List<EventId>>> found =
        accessor.extractPatterns(match.getPreviousBufferEntry(), match.getVersion());
    return found.isEmpty() ? Map.of() : accessor.materializeMatch(found.get(0));
  }

  private static final class Taken implements IterativeCondition.Context<Signal> {
    private ComputationState match;
    private SharedBufferAccessor<Signal> accessor;
    private Map<String, List<Signal>> signals;
    private long now;

    void begin(ComputationState of, long time, SharedBufferAccessor<Signal> from) {
      match = of;
      now = time;
      accessor = from;
      signals = null;
    }

    @Override
    public Iterable<Signal> getEventsForPattern(String stage) {
      if (signals == null) {
        signals = taken(match, accessor);
      }
      return signals.getOrDefault(stage, List.of());
    }

    @Override
    public long timestamp() {
      return now;
    }

    @Override
    public long currentProcessingTime() {
      return now;
    }
  }
}
