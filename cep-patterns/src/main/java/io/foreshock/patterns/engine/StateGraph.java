package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.patterns.StageNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.State;
import org.apache.flink.cep.nfa.StateTransition;
import org.apache.flink.cep.nfa.StateTransitionAction;
import org.apache.flink.cep.nfa.compiler.NFAStateNameHandler;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/**
 * The states of one NFA by number, and what can be said of a signal without touching the open
 * matches.
 */
final class StateGraph {

  private final List<State<Signal>> states = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final List<String> pages = new ArrayList<>();
  private final Map<String, Integer> pageIndexes = new HashMap<>();
  private final Edge[][] edges;
  private int[] stack = new int[16];
  private final NoMatch noMatch = new NoMatch();
  private final int start;
  private final boolean pending;
  private final boolean[] leaning;
  private final int shape;

  private record Edge(
      StateTransitionAction action, int target, IterativeCondition<Signal> condition) {}

  StateGraph(NFA<Signal> nfa) {
    states.addAll(nfa.getStates());
    // The order must not depend on the version in front of the names: see shape().
    states.sort(Comparator.comparing(state -> StageNames.decode(state.getName())));
    int first = -1;
    boolean waits = false;
    for (State<Signal> state : states) {
      if (state.isStart()) {
        first = indexes.size();
      }
      waits |= state.isPending();
      indexes.put(state.getName(), indexes.size());
      String page = NFAStateNameHandler.getOriginalNameFromInternal(state.getName());
      if (pageIndexes.putIfAbsent(page, pages.size()) == null) {
        pages.add(page);
      }
    }
    start = first;
    pending = waits;
    edges = new Edge[states.size()][];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = states.get(i).getStateTransitions().stream().map(this::edge).toArray(Edge[]::new);
    }
    refuseEndlessLoop();
    leaning = new boolean[edges.length];
    for (int i = 0; i < edges.length; i++) {
      leaning[i] = !states.get(i).isPending() && proceedsToPending(i);
    }
    shape = fingerprint();
  }

  /**
   * flink-cep follows {@code PROCEED} until there is none: in a circle of them it never returns.
   */
  private void refuseEndlessLoop() {
    int[] colour = new int[edges.length];
    for (int i = 0; i < edges.length; i++) {
      if (circular(i, colour)) {
        throw new IllegalArgumentException(
            "The pattern repeats a group that may take no signal at all (stage \""
                + StageNames.decode(name(i))
                + "\"), on which flink-cep never ends. Make one stage of the group required.");
      }
    }
  }

  private boolean circular(int from, int[] colour) {
    if (colour[from] != 0) {
      return colour[from] == 1;
    }
    colour[from] = 1;
    for (Edge edge : edges[from]) {
      if (edge.action == StateTransitionAction.PROCEED && circular(edge.target, colour)) {
        return true;
      }
    }
    colour[from] = 2;
    return false;
  }

  private boolean proceedsToPending(int from) {
    if (states.get(from).isPending()) {
      return true;
    }
    for (Edge edge : edges[from]) {
      if (edge.action == StateTransitionAction.PROCEED && proceedsToPending(edge.target)) {
        return true;
      }
    }
    return false;
  }

  private Edge edge(StateTransition<Signal> transition) {
    return new Edge(
        transition.getAction(),
        indexes.get(transition.getTargetState().getName()),
        transition.getCondition());
  }

  int size() {
    return states.size();
  }

  State<Signal> state(int index) {
    return states.get(index);
  }

  String name(int index) {
    return states.get(index).getName();
  }

  int index(String stateName) {
    return indexes.get(stateName);
  }

  /** Stage name of a buffer entry. */
  String page(int index) {
    return pages.get(index);
  }

  int pageIndex(String page) {
    return pageIndexes.get(page);
  }

  int start() {
    return start;
  }

  /** True when time completes matches: an absence stands last. */
  boolean hasPending() {
    return pending;
  }

  /**
   * True for the end of a loop that an absence follows: flink-cep counts the match as waiting for
   * the absence only after one more signal, whatever it is.
   */
  boolean leansToPending(int state) {
    return leaning[state];
  }

  /**
   * Fingerprint of stages, order, contiguity and quantifiers; not of conditions, windows and
   * version. Part of the state format.
   */
  int shape() {
    return shape;
  }

  private int fingerprint() {
    CRC32 crc = new CRC32();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < edges.length; i++) {
      text.append(StageNames.decode(name(i))).append(' ').append(states.get(i).getStateType());
      for (Edge edge : edges[i]) {
        text.append(' ').append(edge.action).append('>').append(edge.target);
      }
      text.append('\n');
    }
    crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  /**
   * True when the signal would leave a match that stands in this state exactly as it is; for the
   * start state, when it would open none. Says false when it cannot tell because a condition looks
   * at the match.
   *
   * <p>Follows {@code NFA.createDecisionGraph}: all edges whose condition holds, through {@code
   * PROCEED}. Staying is one {@code IGNORE} edge back to the state itself, which changes nothing,
   * not even the version of the match.
   */
  boolean inert(int from, Signal signal) throws Exception {
    noMatch.begin(signal.eventTimeMillis());
    boolean stays = from == start;
    int depth = 0;
    stack[depth++] = from;
    while (depth > 0) {
      for (Edge edge : edges[stack[--depth]]) {
        if (!holds(edge.condition, signal)) {
          if (noMatch.asked) {
            return false;
          }
          continue;
        }
        switch (edge.action) {
          case TAKE -> {
            return false;
          }
          case PROCEED -> {
            if (depth == stack.length) {
              stack = Arrays.copyOf(stack, 2 * depth);
            }
            stack[depth++] = edge.target;
          }
          case IGNORE -> {
            if (from != start) {
              if (edge.target != from) {
                return false;
              }
              stays = true;
            }
          }
        }
      }
    }
    return stays;
  }

  private boolean holds(IterativeCondition<Signal> condition, Signal signal) throws Exception {
    if (condition == null) {
      return true;
    }
    try {
      return condition.filter(signal, noMatch) && !noMatch.asked;
    } catch (MatchNeeded e) {
      return false;
    }
  }

  /** Stands in for the match while no match is decoded; notices when a condition asks for it. */
  private static final class NoMatch implements IterativeCondition.Context<Signal> {
    private boolean asked;
    private long timestamp;

    void begin(long signalTime) {
      asked = false;
      timestamp = signalTime;
    }

    @Override
    public Iterable<Signal> getEventsForPattern(String name) {
      asked = true;
      throw MatchNeeded.INSTANCE;
    }

    @Override
    public long timestamp() {
      return timestamp;
    }

    @Override
    public long currentProcessingTime() {
      return timestamp;
    }
  }

  private static final class MatchNeeded extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final MatchNeeded INSTANCE = new MatchNeeded();

    private MatchNeeded() {
      super("The condition looks at the match", null, false, false);
    }
  }
}
