package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.patterns.engine.AssetValue.Section;
import io.foreshock.patterns.engine.EngineRules.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Matches the signals of one asset at a time: bytes in, bytes out. Knows no Flink operator and no
 * state backend, and keeps nothing of an asset between two calls but what it has written last.
 *
 * <p>Time runs out exactly when a signal at or after the deadline is given, in the order of the
 * deadlines, before the signal itself. Which other signals were seen in between makes no
 * difference.
 *
 * <p>On the asset's clock, a signal of a silence detector is not from the asset and is dated by the
 * ingest clock. It goes only to the patterns that use it, dated back by how far the asset was
 * behind the ingest clock, completes no absence and does not move the asset's clock: what a device
 * uploads afterwards is matched by its own times. A pattern that took a silence sees older signals,
 * which come later, as if they came at the time of the silence.
 */
final class AssetMatcher {

  /** What becomes of an asset's value. */
  enum Change {
    /** It stays as it is. */
    NONE,
    /** Nothing is open any more. */
    GONE,
    /** There are new bytes. */
    WRITTEN
  }

  private final EngineRules rules;
  private final Succession succession;
  private final MatchSink sink;
  private final MatchRun run;
  private final AssetValue value = new AssetValue();
  private final List<Section> before = new ArrayList<>();
  private final List<Section> after = new ArrayList<>();
  private final DataOutputSerializer fresh = new DataOutputSerializer(512);
  private final DataOutputSerializer out = new DataOutputSerializer(512);
  private boolean changed;
  private long ingest;
  private long timer;
  private long timerToRegister;

  AssetMatcher(PatternTable patterns, EngineRules rules, MatchSink sink) {
    this.rules = rules;
    this.sink = sink;
    succession = new Succession(patterns, sink);
    this.run = new MatchRun(rules, sink);
  }

  /**
   * Gives one signal to the patterns.
   *
   * @param stored value of the asset
   * @param timer timer of the asset when nothing is open; {@code Long.MAX_VALUE} for none or
   *     unknown
   * @param candidates patterns that may use the signal, in the order of evaluation
   * @param ingestMillis ingest time of the signal
   * @return what becomes of the value; its bytes are in {@link #written} until the next call
   */
  Change onSignal(
      StoredValue stored, long timer, Signal signal, PatternRuntime[] candidates, long ingestMillis)
      throws Exception {
    AssetRef asset = signal.asset();
    try {
      ingest = ingestMillis;
      begin(stored, timer, Long.MAX_VALUE);
      boolean heard = rules.clock() == Clock.WATERMARK || !DetectorSpec.Silence.made(signal);
      long time = signal.eventTimeMillis() - (heard ? 0 : value.lag);
      long now = Math.max(value.clock, time);
      int s = 0;
      int c = 0;
      while (s < before.size() || c < candidates.length) {
        int open = s < before.size() ? before.get(s).pattern.position() : Integer.MAX_VALUE;
        int candidate = c < candidates.length ? candidates[c].position() : Integer.MAX_VALUE;
        PatternRuntime pattern = open <= candidate ? before.get(s).pattern : candidates[c];
        Section section = open <= candidate ? before.get(s++) : null;
        boolean relevant = false;
        if (candidate <= open) {
          c++;
          relevant = pattern.covers(asset);
        }
        step(pattern, section, relevant ? signal : null, asset, now, heard);
      }
      if (!changed) {
        return Change.NONE;
      }
      value.assetClass = asset.assetClass();
      if (heard) {
        value.clock = now;
        value.lag = rules.clock() == Clock.ASSET ? Math.max(0, ingestMillis - time) : 0;
      } else {
        // Of an asset of which nothing was open, no time of its own is known yet.
        value.clock = Math.max(value.clock, 0);
      }
      return end(value.timer);
    } finally {
      release();
    }
  }

  /**
   * Ends what an asset left open that says nothing.
   *
   * @param key the asset's key
   * @param ingestMillis ingest time of the timer
   * @return what becomes of the value: nothing when it was not the asset's timer
   */
  Change onIngestTime(StoredValue stored, String key, long ingestMillis) throws Exception {
    try {
      ingest = ingestMillis;
      if (!begin(stored, Long.MAX_VALUE, ingestMillis)) {
        return Change.NONE;
      }
      int slash = key.indexOf('/');
      AssetRef asset =
          new AssetRef(key.substring(0, slash), key.substring(slash + 1), value.assetClass);
      long time = ingestMillis - value.lag - rules.offlineGrace().toMillis();
      for (Section section : before) {
        if (section.deadline > time || run.silence(section.pattern, section, asset, time, fresh)) {
          after.add(section);
        }
      }
      if (rules.clock() == Clock.WATERMARK) {
        value.clock = Math.max(value.clock, time);
      }
      return end(Long.MAX_VALUE);
    } finally {
      release();
    }
  }

  /** New bytes of the asset after the last call. */
  DataOutputSerializer written() {
    return out;
  }

  /** Timer of the asset after the last call; {@code Long.MAX_VALUE} for none. */
  long timer() {
    return timer;
  }

  /** Timer to register after the last call; {@code Long.MAX_VALUE} for none. */
  long timerToRegister() {
    return timerToRegister;
  }

  /**
   * Reads the value.
   *
   * @param known timer of an asset without a value
   * @param onlyTimer leaves everything as it is when the asset's timer is another; {@code
   *     Long.MAX_VALUE} for no condition
   */
  private boolean begin(StoredValue stored, long known, long onlyTimer) throws Exception {
    changed = false;
    timerToRegister = Long.MAX_VALUE;
    if (!stored.exists()) {
      value.begin();
      value.timer = known;
      timer = known;
      return true;
    }
    value.read(stored);
    timer = value.timer;
    if (onlyTimer != Long.MAX_VALUE && onlyTimer != timer) {
      return false;
    }
    changed = succession.resolve(value, before);
    return true;
  }

  private void step(
      PatternRuntime pattern,
      Section section,
      Signal signal,
      AssetRef asset,
      long now,
      boolean heard)
      throws Exception {
    // At a time that was reached before, all that was due then has ended: signals of one instant
    // see each other, as in stock flink-cep.
    boolean due =
        section != null
            && section.deadline <= now
            && (now > value.clock || section.deadline == Succession.ADOPTED);
    boolean use = false;
    if (signal != null) {
      pattern.metrics().relevant.inc();
      use = !inert(pattern, section, signal);
    }
    if ((due && heard) || use) {
      Section target = section != null ? section : value.add();
      boolean open =
          run.signal(
              pattern, target, section != null, due, heard, use ? signal : null, asset, now, fresh);
      changed |= open || section != null;
      if (open) {
        after.add(target);
      }
    } else if (section != null) {
      after.add(section);
    }
  }

  private static boolean inert(PatternRuntime pattern, Section section, Signal signal)
      throws Exception {
    Decisions decisions = pattern.decisions();
    decisions.begin(signal);
    if (!pattern.retired() && decisions.of(pattern.graph().start()) != Decisions.NOTHING) {
      return false;
    }
    for (int i = 0; section != null && i < section.stateCount; i++) {
      if (decisions.of(section.states[i]) != Decisions.NOTHING) {
        return false;
      }
    }
    return true;
  }

  /** True when nothing of an asset is left. */
  boolean isEmpty() {
    return run.isEmpty() && before.isEmpty() && after.isEmpty() && value.size() == 0;
  }

  /** Tells by how much the open matches in state change. */
  private void tellOpen() {
    for (int i = 0; i < after.size(); i++) {
      Section section = after.get(i);
      if (section.storedVersion == section.version
          && section.storedShape == section.shape
          && section.storedOpen > 0) {
        tellOpen(section, section.version, section.shape, section.open - section.storedOpen);
        section.storedOpen = 0;
      } else {
        tellOpen(section, section.version, section.shape, section.open);
      }
    }
    for (int i = 0; i < value.size(); i++) {
      Section section = value.get(i);
      tellOpen(section, section.storedVersion, section.storedShape, -section.storedOpen);
    }
  }

  private void tellOpen(Section section, int version, int shape, int change) {
    if (change != 0) {
      sink.open(section.patternId, version, shape, change);
    }
  }

  /**
   * @param registered the asset's timer
   */
  private Change end(long registered) throws Exception {
    tellOpen();
    timer = registered;
    if (after.isEmpty()) {
      // The timer stays: it finds nothing, or serves the next match.
      return Change.GONE;
    }
    long deadline = Long.MAX_VALUE;
    for (Section section : after) {
      deadline = Math.min(deadline, section.deadline);
    }
    // A deadline that is not known yet is looked at as soon as time passes.
    long due = Packed.plus(Packed.plus(deadline, value.lag), rules.offlineGrace().toMillis());
    long wanted = coarse(Math.max(ingest, due));
    if (wanted < registered) {
      timerToRegister = wanted;
      timer = wanted;
    }
    value.timer = timer;
    out.clear();
    value.write(after, fresh, out);
    return Change.WRITTEN;
  }

  /**
   * On the asset's clock the timer only cleans up, so it may be late by an eighth of the wait: a
   * later match is then served by the timer that is there.
   */
  private long coarse(long wanted) {
    if (rules.clock() == Clock.WATERMARK || wanted == Long.MAX_VALUE) {
      return wanted;
    }
    long step = Long.highestOneBit(Math.max(8, wanted - ingest) / 8);
    return Packed.plus(wanted, step - 1) / step * step;
  }

  private void release() {
    value.release();
    before.clear();
    after.clear();
    fresh.clear();
  }
}
