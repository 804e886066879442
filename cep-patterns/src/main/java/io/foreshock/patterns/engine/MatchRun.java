package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.NearMiss.Reason;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.AssetValue.Section;
import io.foreshock.patterns.engine.EngineRules.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Runs flink-cep's NFA of one pattern over the open matches of one asset: decode, advance time,
 * take the signal, bound, encode. The buffer is empty before and after.
 */
final class MatchRun {

  private final EngineRules rules;
  private final MatchBuffer buffer;
  private final MatchSink sink;
  private final MatchEndings endings;
  private final SectionCodec codec = new SectionCodec();
  private final DataInputDeserializer in = new DataInputDeserializer();
  private boolean[] seen = new boolean[16];
  private long now;

  /** Conditions that ask for the processing time get the asset's: a replay must not differ. */
  private final TimerService time = () -> now;

  MatchRun(EngineRules rules, MatchBuffer buffer, MatchSink sink) {
    this.rules = rules;
    this.buffer = buffer;
    this.sink = sink;
    this.endings = new MatchEndings(sink);
  }

  /**
   * Advances the asset's time and gives the signal to the pattern.
   *
   * @param section what is open, or an empty section to fill
   * @param exists whether {@code section} holds something
   * @param due whether time ran out for some of them
   * @param heard false when the signal is not from the asset, so that absences that ran out of time
   *     are given up instead of completed
   * @param signal null when only time has passed
   * @param fresh takes the new body
   * @return false when nothing is open any more
   */
  boolean signal(
      PatternRuntime pattern,
      Section section,
      boolean exists,
      boolean due,
      boolean heard,
      Signal signal,
      AssetRef asset,
      long signalTime,
      DataOutputSerializer fresh)
      throws Exception {
    now = signalTime;
    try {
      return run(pattern, section, exists, due, heard, signal, asset, fresh);
    } finally {
      buffer.clear();
    }
  }

  private boolean run(
      PatternRuntime pattern,
      Section section,
      boolean exists,
      boolean due,
      boolean heard,
      Signal signal,
      AssetRef asset,
      DataOutputSerializer fresh)
      throws Exception {
    NFAState state = exists ? decode(pattern, section, asset) : pattern.initialState();
    // Only a silence is ahead of the asset's clock; flink-cep wants times that do not go back.
    now = Math.max(now, buffer.events().latest());
    try (SharedBufferAccessor<Signal> accessor = buffer.open()) {
      if (due) {
        if (!heard) {
          dropAbsences(pattern, state, now, accessor);
        }
        advance(pattern, state, now, heard ? asset : null, accessor);
      }
      // Forgets how many signals came at earlier times.
      accessor.advanceTime(now);
      if (signal != null) {
        pattern.metrics().evaluated.inc();
        endings.brokenBy(signal, pattern, state, now, accessor);
        matched(
            pattern,
            pattern.nfa().process(accessor, state, signal, now, pattern.skip(), time),
            Long.MIN_VALUE);
        bound(pattern, state, accessor);
      }
    }
    boundBuffer(pattern, state);
    return encode(pattern, state, section, exists, fresh);
  }

  /**
   * Ends what ran out of time while the asset said nothing. On the asset's clock nothing is known
   * of that time, so that no absence is completed by it.
   *
   * @param until the asset's time that has passed
   * @return false when nothing is open any more
   */
  boolean silence(
      PatternRuntime pattern,
      Section section,
      AssetRef asset,
      long until,
      DataOutputSerializer fresh)
      throws Exception {
    now = until;
    try {
      NFAState state = decode(pattern, section, asset);
      end(pattern, state, until, asset);
      return encode(pattern, state, section, true, fresh);
    } finally {
      buffer.clear();
    }
  }

  private void end(PatternRuntime pattern, NFAState state, long until, AssetRef asset)
      throws Exception {
    try (SharedBufferAccessor<Signal> accessor = buffer.open()) {
      if (rules.clock() == Clock.ASSET) {
        dropAbsences(pattern, state, until, accessor);
      }
      advance(pattern, state, until, rules.clock() == Clock.WATERMARK ? asset : null, accessor);
      release(pattern, state, accessor);
    }
  }

  private void dropAbsences(
      PatternRuntime pattern, NFAState state, long time, SharedBufferAccessor<Signal> accessor)
      throws Exception {
    pattern
        .metrics()
        .abandoned
        .inc(
            OpenMatches.dropAbsences(
                state, time, pattern, accessor, farewell(pattern, Reason.ABANDONED)));
  }

  private OpenMatches.Farewell farewell(PatternRuntime pattern, Reason reason) {
    return (match, accessor) -> endings.givenUp(match, pattern, reason, now, accessor);
  }

  /**
   * One deadline after the other, so that the result does not depend on the size of the step.
   *
   * @param heard the asset, when it was heard of at {@code until}, so that absences hold; else null
   */
  private void advance(
      PatternRuntime pattern,
      NFAState state,
      long until,
      AssetRef heard,
      SharedBufferAccessor<Signal> accessor)
      throws Exception {
    long deadline = pattern.windows().deadline(state);
    while (deadline <= until) {
      if (heard != null && pattern.graph().hasPending()) {
        settle(pattern, state, deadline, heard, accessor);
      }
      advanceTo(pattern, state, deadline, accessor);
      long next = pattern.windows().deadline(state);
      if (next <= deadline) {
        throw new IllegalStateException(
            pattern + " has a match that does not end at its deadline " + deadline + ".");
      }
      deadline = next;
    }
  }

  /**
   * Lets matches at the end of a loop, whose time is up, wait for the absence that follows it: see
   * {@link StateGraph#leansToPending}. They get the one more signal that flink-cep asks for, apart
   * from the other matches, which must not see it.
   */
  private void settle(
      PatternRuntime pattern,
      NFAState state,
      long deadline,
      AssetRef asset,
      SharedBufferAccessor<Signal> accessor)
      throws Exception {
    Signal idle = pattern.idle(asset, deadline);
    if (idle == null) {
      return;
    }
    List<ComputationState> due = new ArrayList<>();
    for (ComputationState match : state.getPartialMatches()) {
      if (OpenMatches.isOpen(match)
          && pattern.graph().leansToPending(pattern.graph().index(match.getCurrentStateName()))
          && pattern.windows().deadline(match) <= deadline) {
        due.add(match);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    state.getPartialMatches().removeAll(due);
    NFAState apart = new OpenMatchState(due, new ArrayDeque<>());
    pattern.nfa().process(accessor, apart, idle, deadline, AfterMatchSkipStrategy.noSkip(), time);
    for (ComputationState match : apart.getPartialMatches()) {
      StateGraph graph = pattern.graph();
      if (graph.state(graph.index(match.getCurrentStateName())).isPending()) {
        state.getPartialMatches().add(match);
      } else {
        accessor.releaseNode(match.getPreviousBufferEntry(), match.getVersion());
      }
    }
  }

  private void advanceTo(
      PatternRuntime pattern, NFAState state, long to, SharedBufferAccessor<Signal> accessor)
      throws Exception {
    Tuple2<
            Collection<Map<String, List<Signal>>>,
            Collection<Tuple2<Map<String, List<Signal>>, Long>>>
        ended = pattern.nfa().advanceTime(accessor, state, to, pattern.skip());
    for (Tuple2<Map<String, List<Signal>>, Long> match : ended.f1) {
      pattern.metrics().timedOut.inc();
      sink.timedOut(pattern, match.f0, match.f1);
    }
    matched(pattern, ended.f0, pattern.graph().hasPending() ? to : Long.MIN_VALUE);
  }

  private void matched(
      PatternRuntime pattern, Collection<Map<String, List<Signal>>> matches, long completedAt) {
    for (Map<String, List<Signal>> match : matches) {
      pattern.metrics().matched.inc();
      sink.matched(pattern, match, completedAt);
    }
  }

  private void bound(PatternRuntime pattern, NFAState state, SharedBufferAccessor<Signal> accessor)
      throws Exception {
    int dropped =
        OpenMatches.bound(
            state,
            pattern.compiled().maxOpenMatches(),
            pattern.compiled().overflow(),
            accessor,
            farewell(pattern, Reason.OVERFLOWED));
    if (dropped > 0) {
      pattern.metrics().overflowed.inc(dropped);
      release(pattern, state, accessor);
    }
  }

  /** Lets matches go that were complete and held back by one that was given up. */
  private void release(
      PatternRuntime pattern, NFAState state, SharedBufferAccessor<Signal> accessor)
      throws Exception {
    if (!state.getCompletedMatches().isEmpty()) {
      advanceTo(pattern, state, now, accessor);
    }
  }

  private void boundBuffer(PatternRuntime pattern, NFAState state) throws Exception {
    while (buffer.events().size() > rules.maxBufferedSignals()) {
      try (SharedBufferAccessor<Signal> accessor = buffer.open()) {
        if (!OpenMatches.dropOne(
            state, pattern.compiled().overflow(), accessor, farewell(pattern, Reason.OVERFLOWED))) {
          return;
        }
        pattern.metrics().overflowed.inc();
        release(pattern, state, accessor);
      }
    }
  }

  private NFAState decode(PatternRuntime pattern, Section section, AssetRef asset)
      throws Exception {
    in.setBuffer(section.bytes, section.offset, section.length);
    NFAState state =
        codec.read(in, section.bytes, asset, buffer, pattern.graph(), !pattern.retired());
    in.releaseArrays();
    return state;
  }

  private boolean encode(
      PatternRuntime pattern,
      NFAState state,
      Section section,
      boolean exists,
      DataOutputSerializer fresh)
      throws Exception {
    int before = exists ? section.open : 0;
    int open = OpenMatches.count(state);
    pattern.metrics().open += open - before;
    if (open > 0) {
      section.pattern = pattern;
      section.patternId = pattern.id();
      section.version = pattern.version();
      section.shape = pattern.graph().shape();
      section.deadline = pattern.windows().deadline(state);
      section.open = open;
      long base = states(pattern, state, section);
      section.offset = fresh.length();
      codec.write(state, buffer, pattern.graph(), base, fresh);
      section.length = fresh.length() - section.offset;
      section.bytes = null;
    }
    return open > 0;
  }

  /** Fills in the states that open matches stand in; returns the time that the first began. */
  private long states(PatternRuntime pattern, NFAState state, Section section) {
    StateGraph graph = pattern.graph();
    if (seen.length < graph.size()) {
      seen = new boolean[graph.size()];
    }
    section.stateCount = 0;
    long base = Long.MAX_VALUE;
    for (ComputationState match : state.getPartialMatches()) {
      if (OpenMatches.isOpen(match)) {
        base = Math.min(base, match.getStartTimestamp());
        int index = graph.index(match.getCurrentStateName());
        if (!seen[index]) {
          seen[index] = true;
          AssetValue.addState(section, index);
        }
      }
    }
    for (int i = 0; i < section.stateCount; i++) {
      seen[section.states[i]] = false;
    }
    for (ComputationState match : state.getCompletedMatches()) {
      base = Math.min(base, match.getStartTimestamp());
    }
    return base;
  }
}
