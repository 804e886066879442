package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.AssetValue.Section;
import io.foreshock.patterns.engine.EngineRules.Clock;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Runs one pattern over its open matches of one asset: decode, advance time, take the signal,
 * bound, encode. Holds nothing before and after.
 */
final class MatchRun {

  private final EngineRules rules;
  private final OpenMatches matches = new OpenMatches();
  private final Matcher matcher;
  private final Overflows overflows;
  private final SectionCodec codec = new SectionCodec();
  private final DataInputDeserializer in = new DataInputDeserializer();
  private boolean[] seen = new boolean[16];

  MatchRun(EngineRules rules, MatchSink sink) {
    this.rules = rules;
    matcher = new Matcher(matches, sink);
    overflows = new Overflows(matches, sink);
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
    try {
      if (exists) {
        decode(pattern, section, asset);
      } else {
        matches.open.append(pattern.graph().start(), MatchQueue.NO_LINK);
      }
      // Only a silence is ahead of the asset's clock; times of signals do not go back.
      long now = Math.max(signalTime, matches.signals.latest());
      if (due) {
        if (!heard) {
          overflows.dropAbsences(pattern, now);
        }
        advance(pattern, now, heard ? asset : null);
      }
      if (signal != null) {
        pattern.metrics().evaluated.inc();
        if (due) {
          pattern.decisions().begin(signal);
        }
        matcher.take(pattern, signal, now);
        bound(pattern, now);
      }
      return encode(pattern, section, fresh);
    } finally {
      clear();
    }
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
    try {
      decode(pattern, section, asset);
      if (rules.clock() == Clock.ASSET) {
        overflows.dropAbsences(pattern, until);
      }
      advance(pattern, until, rules.clock() == Clock.WATERMARK ? asset : null);
      matcher.release(pattern, until);
      return encode(pattern, section, fresh);
    } finally {
      clear();
    }
  }

  /**
   * One deadline after the other, so that the result does not depend on the size of the step.
   *
   * @param heard the asset, when it was heard of at {@code until}, so that absences hold; else null
   */
  private void advance(PatternRuntime pattern, long until, AssetRef heard) throws Exception {
    long deadline = pattern.windows().deadline(matches);
    while (deadline <= until && deadline < Long.MAX_VALUE) {
      if (heard != null && pattern.graph().hasPending()) {
        Signal idle = pattern.idle(heard, deadline);
        if (idle != null) {
          matcher.settle(pattern, idle, deadline);
        }
      }
      matcher.advance(pattern, deadline);
      long next = pattern.windows().deadline(matches);
      if (next <= deadline) {
        throw new IllegalStateException(
            pattern + " has a match that does not end at its deadline " + deadline + ".");
      }
      deadline = next;
    }
  }

  private void bound(PatternRuntime pattern, long now) {
    if (overflows.bound(pattern, now) > 0) {
      matcher.release(pattern, now);
    }
    while (matches.signals.size() > rules.maxBufferedSignals()) {
      matches.compact();
      if (matches.signals.size() <= rules.maxBufferedSignals()
          || !overflows.dropOne(pattern, now)) {
        return;
      }
      matcher.release(pattern, now);
    }
  }

  private void decode(PatternRuntime pattern, Section section, AssetRef asset) throws Exception {
    in.setBuffer(section.bytes, section.offset, section.length);
    codec.read(in, section.bytes, asset, matches, pattern.graph(), !pattern.retired());
    in.releaseArrays();
  }

  private boolean encode(PatternRuntime pattern, Section section, DataOutputSerializer fresh)
      throws Exception {
    int open = matches.count();
    if (open == 0) {
      return false;
    }
    section.pattern = pattern;
    section.patternId = pattern.id();
    section.version = pattern.version();
    section.shape = pattern.graph().shape();
    section.deadline = pattern.windows().deadline(matches);
    section.open = open;
    states(pattern, section);
    matches.compact();
    section.offset = fresh.length();
    codec.write(matches, fresh);
    section.length = fresh.length() - section.offset;
    section.bytes = null;
    return true;
  }

  /** Fills in the states that open matches stand in. */
  private void states(PatternRuntime pattern, Section section) {
    if (seen.length < pattern.graph().size()) {
      seen = new boolean[pattern.graph().size()];
    }
    section.stateCount = 0;
    MatchQueue open = matches.open;
    for (int i = 0; i < open.size(); i++) {
      int state = open.state(i);
      if (open.end(i) != MatchQueue.NO_LINK && !seen[state]) {
        seen[state] = true;
        AssetValue.addState(section, state);
      }
    }
    for (int i = 0; i < section.stateCount; i++) {
      seen[section.states[i]] = false;
    }
  }

  /** True when nothing of an asset is left. */
  boolean isEmpty() {
    return matches.isEmpty() && matcher.isEmpty();
  }

  private void clear() {
    matches.clear();
    matcher.clear();
  }
}
