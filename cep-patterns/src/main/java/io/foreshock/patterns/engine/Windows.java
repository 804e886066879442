package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.DeweyNumber;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.GroupPattern;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;

/**
 * When open matches of one pattern time out.
 *
 * <p>The window of the whole pattern is public in {@link NFA}. Windows between neighbours are not,
 * and which of the compiled states have one is decided deep in the compiler; so the NFA itself is
 * asked, once per state, with a match of the age in question.
 */
final class Windows {

  private final long whole;
  private final long[] steps;

  Windows(Pattern<Signal, ?> pattern, NFA<Signal> nfa, StateGraph graph) throws Exception {
    whole = nfa.getWindowTime();
    TreeSet<Long> candidates = new TreeSet<>();
    collect(pattern, candidates);
    steps = new long[graph.size()];
    if (!candidates.isEmpty()) {
      probe(nfa, graph, candidates);
    }
  }

  private void probe(NFA<Signal> nfa, StateGraph graph, TreeSet<Long> candidates) throws Exception {
    ProbeBuffer buffer = new ProbeBuffer();
    for (int state = 0; state < steps.length; state++) {
      if (state == graph.start() || graph.isFinal(state) || graph.isStop(state)) {
        continue;
      }
      for (long candidate : candidates) {
        if (timesOut(nfa, graph.name(state), candidate, buffer)) {
          steps[state] = candidate;
          break;
        }
      }
    }
  }

  private static void collect(Pattern<Signal, ?> last, TreeSet<Long> windows) {
    for (Pattern<Signal, ?> stage = last; stage != null; stage = stage.getPrevious()) {
      add(stage.getWindowSize(WithinType.PREVIOUS_AND_CURRENT), windows);
      if (stage.getTimes() != null) {
        add(stage.getTimes().getWindowSize(), windows);
      }
      if (stage instanceof GroupPattern<Signal, ?> group) {
        collect(group.getRawPattern(), windows);
      }
    }
  }

  private static void add(Optional<Duration> window, TreeSet<Long> windows) {
    window.map(Duration::toMillis).filter(millis -> millis > 0).ifPresent(windows::add);
  }

  private static boolean timesOut(NFA<Signal> nfa, String state, long age, ProbeBuffer buffer)
      throws Exception {
    try (SharedBufferAccessor<Signal> accessor = buffer.open()) {
      EventId event = accessor.registerEvent(null, 0);
      NodeId entry = accessor.put("probe", event, null, new DeweyNumber(1));
      accessor.lockNode(entry, new DeweyNumber(1));
      NFAState match =
          new NFAState(
              List.of(
                  ComputationState.createState(
                      state, entry, new DeweyNumber(1), age, 0, new EventId(0, age))));
      nfa.advanceTime(accessor, match, age, AfterMatchSkipStrategy.noSkip());
      return match.getPartialMatches().isEmpty();
    } finally {
      buffer.clear();
    }
  }

  /**
   * Time at which the first of the open matches times out; {@code Long.MAX_VALUE} when none does.
   */
  long deadline(OpenMatches matches) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < matches.open.size(); i++) {
      int end = matches.open.end(i);
      if (end != MatchQueue.NO_LINK) {
        first = Math.min(first, deadline(matches, matches.open.state(i), end));
      }
    }
    return first;
  }

  /**
   * @param state state that the match stands in
   * @param end its last link
   */
  long deadline(OpenMatches matches, int state, int end) {
    return Math.min(wholeDeadline(matches, end), stepDeadline(matches, state, end));
  }

  private long wholeDeadline(OpenMatches matches, int end) {
    return whole > 0 ? Packed.plus(matches.startTime(end), whole) : Long.MAX_VALUE;
  }

  /** End of the window since the last signal; {@code Long.MAX_VALUE} when there is none. */
  long stepDeadline(OpenMatches matches, int state, int end) {
    return steps[state] > 0 ? Packed.plus(matches.previousTime(end), steps[state]) : Long.MAX_VALUE;
  }
}
