package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.StateGraph.Edge;
import java.util.Arrays;
import org.apache.flink.cep.nfa.StateTransitionAction;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/**
 * What a signal does to the matches of one pattern, by the state they stand in. Each state is asked
 * once per signal, whatever the number of matches; only where a condition looks at the match, each
 * match is asked. Conditions give themselves away by asking.
 *
 * <p>From a state lead all edges whose condition holds, through {@code PROCEED}, in the order in
 * which flink-cep visits them.
 */
final class Decisions {

  /** The matches stay exactly as they are; from the start state, none is opened. */
  static final int NOTHING = 0;

  /** The matches go along the edges, if there is one. */
  static final int MOVES = 1;

  /** Each match has to be asked. */
  static final int LOOKS = 2;

  static final int NO_STATE = -1;
  private static final int UNKNOWN = -2;

  /** Edges from one state. */
  static final class Outcome {
    Edge[] edges = new Edge[4];
    int count;
    private int kind;
    private int round;

    private void add(Edge edge) {
      if (count == edges.length) {
        edges = Arrays.copyOf(edges, 2 * count);
      }
      edges[count++] = edge;
    }
  }

  private final StateGraph graph;
  private final NoMatch noMatch = new NoMatch();
  private final Outcome[] outcomes;
  private final Outcome ofMatch = new Outcome();
  private final int[] finals;
  private final int[] finalRounds;
  private int[] stack = new int[16];
  private int round;
  private Signal signal;

  Decisions(StateGraph graph) {
    this.graph = graph;
    outcomes = new Outcome[graph.size()];
    Arrays.setAll(outcomes, state -> new Outcome());
    finals = new int[graph.size()];
    finalRounds = new int[graph.size()];
  }

  /** Forgets the signal before. */
  void begin(Signal next) {
    signal = next;
    if (++round == 0) {
      Arrays.fill(finalRounds, 0);
      for (Outcome outcome : outcomes) {
        outcome.round = 0;
      }
      round = 1;
    }
  }

  /** What becomes of the matches in a state: {@link #NOTHING}, {@link #MOVES}, {@link #LOOKS}. */
  int of(int state) throws Exception {
    Outcome outcome = outcomes[state];
    if (outcome.round != round) {
      noMatch.asked = false;
      outcome.kind = follow(state, noMatch, outcome) ? kind(state, outcome) : LOOKS;
      outcome.round = round;
    }
    return outcome.kind;
  }

  private int kind(int state, Outcome outcome) {
    if (state == graph.start()) {
      for (int i = 0; i < outcome.count; i++) {
        if (outcome.edges[i].action() == StateTransitionAction.TAKE) {
          return MOVES;
        }
      }
      return NOTHING;
    }
    boolean stays =
        outcome.count == 1
            && outcome.edges[0].action() == StateTransitionAction.IGNORE
            && outcome.edges[0].target() == state;
    return stays ? NOTHING : MOVES;
  }

  /** Edges for all matches in a state that {@link #MOVES}. */
  Outcome outcome(int state) {
    return outcomes[state];
  }

  /** Edges for one match in a state that {@link #LOOKS}; valid until the next is asked for. */
  Outcome outcome(int state, Context<Signal> match) throws Exception {
    noMatch.asked = false;
    follow(state, match, ofMatch);
    return ofMatch;
  }

  /** False when the conditions could not be told without the match. */
  private boolean follow(int from, Context<Signal> match, Outcome outcome) throws Exception {
    outcome.count = 0;
    int depth = 0;
    stack[depth++] = from;
    while (depth > 0) {
      for (Edge edge : graph.edges(stack[--depth])) {
        if (!holds(edge.condition(), match)) {
          if (noMatch.asked) {
            return false;
          }
        } else if (edge.action() == StateTransitionAction.PROCEED) {
          depth = push(edge.target(), depth);
        } else {
          outcome.add(edge);
        }
      }
    }
    return true;
  }

  /**
   * The final state that a match which has just taken the signal reaches without another one;
   * {@link #NO_STATE} for none.
   */
  int finalAfter(int state, Context<Signal> match) throws Exception {
    if (finalRounds[state] != round) {
      noMatch.asked = false;
      finals[state] = findFinal(state, noMatch);
      finalRounds[state] = round;
    }
    if (finals[state] != UNKNOWN) {
      return finals[state];
    }
    noMatch.asked = false;
    return findFinal(state, match);
  }

  private int findFinal(int from, Context<Signal> match) throws Exception {
    int depth = 0;
    stack[depth++] = from;
    while (depth > 0) {
      for (Edge edge : graph.edges(stack[--depth])) {
        if (edge.action() != StateTransitionAction.PROCEED) {
          continue;
        }
        if (holds(edge.condition(), match)) {
          if (graph.isFinal(edge.target())) {
            return edge.target();
          }
          depth = push(edge.target(), depth);
        } else if (noMatch.asked) {
          return UNKNOWN;
        }
      }
    }
    return NO_STATE;
  }

  private int push(int state, int depth) {
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    stack[depth] = state;
    return depth + 1;
  }

  private boolean holds(IterativeCondition<Signal> condition, Context<Signal> match)
      throws Exception {
    if (condition == null) {
      return true;
    }
    try {
      return condition.filter(signal, match) && !noMatch.asked;
    } catch (Exception e) {
      // A condition may pack up what it was thrown.
      if (noMatch.asked) {
        return false;
      }
      throw e;
    }
  }

  /** Stands in for the match while none is looked at; notices when a condition asks for it. */
  private static final class NoMatch implements Context<Signal> {
    private boolean asked;

    private MatchNeeded needed() {
      asked = true;
      return MatchNeeded.INSTANCE;
    }

    @Override
    public Iterable<Signal> getEventsForPattern(String name) {
      throw needed();
    }

    @Override
    public long timestamp() {
      throw needed();
    }

    @Override
    public long currentProcessingTime() {
      throw needed();
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
