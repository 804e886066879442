package io.foreshock.patterns.engine;

import io.foreshock.model.NearMiss.Reason;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.Decisions.Outcome;
import io.foreshock.patterns.engine.StateGraph.Edge;
import java.util.Arrays;
import org.apache.flink.cep.nfa.StateTransitionAction;

/**
 * Runs the states and transitions that flink-cep's compiler made of a pattern over {@link
 * OpenMatches}: what a signal does, what the passing of time does, and which complete matches
 * count.
 */
final class Matcher {

  private final OpenMatches matches;
  private final MatchSink sink;
  private final MatchContext context;
  private final MatchQueue complete;
  private final MatchQueue apart;
  private int[] retained = new int[8];
  private int retainedCount;
  private boolean completed;

  /** State of the absence that did not hold; {@link Decisions#NO_STATE} for none. */
  private int stop;

  private int signalNumber;

  Matcher(OpenMatches matches, MatchSink sink) {
    this.matches = matches;
    this.sink = sink;
    context = new MatchContext(matches);
    complete = new MatchQueue(matches.links);
    apart = new MatchQueue(matches.links);
  }

  /**
   * Gives a signal to all open matches. {@link PatternRuntime#decisions} must have been begun with
   * it.
   */
  void take(PatternRuntime pattern, Signal signal, long now) throws Exception {
    complete.clear();
    MatchQueue next = matches.fresh();
    move(pattern, signal, now, matches.open, next);
    matches.replace();
    finish(pattern, Long.MIN_VALUE);
  }

  private void move(
      PatternRuntime pattern, Signal signal, long now, MatchQueue from, MatchQueue next)
      throws Exception {
    Decisions decisions = pattern.decisions();
    signalNumber = -1;
    for (int i = 0; i < from.size(); i++) {
      int state = from.state(i);
      int end = from.end(i);
      int decision = decisions.of(state);
      if (decision == Decisions.NOTHING) {
        next.add(state, end);
        continue;
      }
      context.of(pattern.graph(), end, now);
      Outcome outcome =
          decision == Decisions.MOVES
              ? decisions.outcome(state)
              : decisions.outcome(state, context);
      retainedCount = 0;
      completed = false;
      stop = Decisions.NO_STATE;
      for (int e = 0; e < outcome.count; e++) {
        follow(pattern, outcome.edges[e], state, end, signal, now);
      }
      if (state == pattern.graph().start()) {
        retain(state, end);
      }
      if (stop == Decisions.NO_STATE) {
        for (int r = 0; r < retainedCount; r += 2) {
          next.add(retained[r], retained[r + 1]);
        }
      }
      boolean broken = outcome.count == 0 || (stop != Decisions.NO_STATE && !completed);
      if (broken && from == matches.open && end != MatchQueue.NO_LINK) {
        broken(pattern, end, signal, now);
      }
    }
  }

  private void follow(
      PatternRuntime pattern, Edge edge, int state, int end, Signal signal, long now)
      throws Exception {
    if (edge.action() == StateTransitionAction.IGNORE) {
      if (state != pattern.graph().start()) {
        arrive(pattern.graph(), edge.target(), end);
      }
      return;
    }
    if (signalNumber < 0) {
      signalNumber = matches.signals.add(signal, now);
    }
    int link = matches.links.add(edge.stage(), signalNumber, end);
    arrive(pattern.graph(), edge.target(), link);
    int finalState = pattern.decisions().finalAfter(edge.target(), context);
    if (finalState != Decisions.NO_STATE) {
      arrive(pattern.graph(), finalState, link);
    }
  }

  private void arrive(StateGraph graph, int state, int end) {
    if (graph.isFinal(state)) {
      completed = true;
      complete.add(state, end);
    } else if (graph.isStop(state)) {
      stop = state;
    } else {
      retain(state, end);
    }
  }

  /** Strict contiguity wanted another signal, or what should be absent came. */
  private void broken(PatternRuntime pattern, int end, Signal signal, long now) {
    pattern.metrics().broken.inc();
    if (sink.traces(pattern)) {
      boolean absence = stop != Decisions.NO_STATE;
      sink.ended(
          pattern,
          absence ? Reason.FORBIDDEN_STAGE : Reason.INTERRUPTED,
          matches.taken(end, pattern.graph()),
          absence ? pattern.graph().stage(stop) : "",
          signal,
          now);
    }
  }

  private void retain(int state, int end) {
    if (retainedCount + 2 > retained.length) {
      retained = Arrays.copyOf(retained, 2 * retained.length);
    }
    retained[retainedCount++] = state;
    retained[retainedCount++] = end;
  }

  /** Ends the matches whose time is up; absences among them hold. */
  void advance(PatternRuntime pattern, long to) {
    complete.clear();
    StateGraph graph = pattern.graph();
    Windows windows = pattern.windows();
    MatchQueue open = matches.open;
    MatchQueue next = matches.fresh();
    for (int i = 0; i < open.size(); i++) {
      int state = open.state(i);
      int end = open.end(i);
      if (end == MatchQueue.NO_LINK || windows.deadline(matches, state, end) > to) {
        next.add(state, end);
      } else if (graph.isPending(state)) {
        complete.add(state, end);
      } else {
        pattern.metrics().timedOut.inc();
        if (sink.wantsTimeOuts()) {
          long step = windows.stepDeadline(matches, state, end);
          sink.timedOut(
              pattern,
              matches.taken(end, graph),
              step <= to ? step : windows.deadline(matches, state, end));
        }
      }
    }
    matches.replace();
    finish(pattern, graph.hasPending() ? to : Long.MIN_VALUE);
  }

  /**
   * Lets matches at the end of a loop, whose time is up, wait for the absence that follows it: see
   * {@link StateGraph#leansToPending}. They get the one more signal that flink-cep asks for, apart
   * from the other matches, which must not see it.
   */
  void settle(PatternRuntime pattern, Signal idle, long deadline) throws Exception {
    StateGraph graph = pattern.graph();
    MatchQueue open = matches.open;
    boolean[] due = new boolean[open.size()];
    apart.clear();
    for (int i = 0; i < due.length; i++) {
      int state = open.state(i);
      int end = open.end(i);
      if (end != MatchQueue.NO_LINK
          && graph.leansToPending(state)
          && pattern.windows().deadline(matches, state, end) <= deadline) {
        due[i] = true;
        apart.add(state, end);
      }
    }
    if (apart.isEmpty()) {
      return;
    }
    open.removeMarked(due);
    complete.clear();
    MatchQueue next = matches.fresh();
    pattern.decisions().begin(idle);
    move(pattern, idle, deadline, apart, next);
    for (int i = 0; i < next.size(); i++) {
      if (graph.isPending(next.state(i))) {
        open.add(next.state(i), next.end(i));
      }
    }
    apart.clear();
  }

  /** Lets matches go that were complete and held back by one that is no more. */
  void release(PatternRuntime pattern, long now) {
    if (!matches.completed.isEmpty()) {
      advance(pattern, now);
    }
  }

  /** With a skip strategy the earliest match counts first, and ends others. */
  private void finish(PatternRuntime pattern, long completedAt) {
    MatchQueue completed = matches.completed;
    SkipRule skip = pattern.skip();
    for (int i = 0; i < complete.size(); i++) {
      completed.add(complete.state(i), complete.end(i));
    }
    complete.clear();
    while (!completed.isEmpty()) {
      MatchQueue open = matches.open;
      if (skip.skips() && !open.isEmpty() && completed.begin(0) > open.begin(0)) {
        return;
      }
      int end = completed.end(0);
      completed.poll();
      int livesFrom = skip.livesFrom(matches, end);
      if (livesFrom > 0) {
        open.removeBegunBefore(livesFrom);
        completed.removeBegunBefore(livesFrom);
      }
      pattern.metrics().matched.inc();
      sink.matched(pattern, matches.taken(end, pattern.graph()), completedAt);
    }
  }

  boolean isEmpty() {
    return complete.isEmpty() && apart.isEmpty();
  }

  void clear() {
    complete.clear();
    apart.clear();
  }
}
