package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.patterns.StageNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
  private final boolean[] finals;
  private final boolean[] stops;
  private final boolean[] pendings;
  private final int start;
  private final boolean pending;
  private final boolean[] leaning;
  private final int shape;

  /**
   * A way on from a state.
   *
   * @param stage number of the stage that takes the signal, for {@code TAKE}
   * @param condition null when it always holds
   */
  record Edge(
      StateTransitionAction action, int target, int stage, IterativeCondition<Signal> condition) {}

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
    finals = new boolean[edges.length];
    stops = new boolean[edges.length];
    pendings = new boolean[edges.length];
    for (int i = 0; i < edges.length; i++) {
      finals[i] = states.get(i).isFinal();
      stops[i] = states.get(i).isStop();
      pendings[i] = states.get(i).isPending();
    }
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
    if (transition.getTargetState().isStart()) {
      throw new IllegalArgumentException(
          "flink-cep leads from state \""
              + transition.getSourceState().getName()
              + "\" back to the start, which this engine does not expect.");
    }
    String page =
        NFAStateNameHandler.getOriginalNameFromInternal(transition.getSourceState().getName());
    return new Edge(
        transition.getAction(),
        indexes.get(transition.getTargetState().getName()),
        pageIndexes.get(page),
        transition.getCondition());
  }

  Edge[] edges(int state) {
    return edges[state];
  }

  boolean isFinal(int state) {
    return finals[state];
  }

  /** What should be absent was there. */
  boolean isStop(int state) {
    return stops[state];
  }

  /** Waits for nothing but the end of an absence. */
  boolean isPending(int state) {
    return pendings[state];
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

  /** Name of the stage that a state belongs to. */
  String stage(int state) {
    return NFAStateNameHandler.getOriginalNameFromInternal(name(state));
  }

  int index(String stateName) {
    return indexes.get(stateName);
  }

  /** Name of a stage by number. */
  String page(int index) {
    return pages.get(index);
  }

  int pages() {
    return pages.size();
  }

  /** Number of a stage; -1 when there is none of that name. */
  int pageIndex(String page) {
    return pageIndexes.getOrDefault(page, -1);
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
}
