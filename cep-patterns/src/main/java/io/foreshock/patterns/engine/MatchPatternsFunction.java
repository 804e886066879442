package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.engine.PendingSignals.Pending;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Finds the precursors of failures: matches all patterns against the signals of each asset.
 *
 * <p>Key: the asset's key ({@code AssetRef.key()}). Flink's timestamps and watermarks are the
 * ingest clock; a signal's own event time is the asset's clock, and an asset's signals come in its
 * own order, or within {@link EngineRules#disorderBound}. A signal behind the asset's clock is
 * matched as if it came at that clock: order of arrival decides.
 *
 * <p>State per asset: one value for all patterns, present only while a match is open, and at most
 * one timer. A signal that no pattern can use touches neither, unless a pattern that applies to the
 * asset may be completed by time alone.
 */
public final class MatchPatternsFunction extends KeyedProcessFunction<String, Signal, Detection> {
  private static final long serialVersionUID = 1L;

  /**
   * Signals that came further out of order than {@link EngineRules#disorderBound}: behind what open
   * matches of the asset have seen. They were not matched.
   */
  public static final OutputTag<Signal> LATE_SIGNALS =
      new OutputTag<>("late-signals", TypeInformation.of(Signal.class));

  private final PatternSet patternSet;
  private final EngineRules rules;

  /** Sees every match and time-out first; null for none. */
  private final Tap tap;

  private transient PatternTable patterns;
  private transient AssetMatcher matcher;
  private transient ValueState<byte[]> openMatches;
  private transient PendingSignals pending;
  private transient Collector<Detection> collector;
  private transient Output output;
  private transient Counter irrelevant;
  private transient Counter late;
  private transient Counter bytesRead;
  private transient Counter bytesWritten;

  public MatchPatternsFunction(PatternSet patternSet, EngineRules rules) {
    this(patternSet, rules, null);
  }

  MatchPatternsFunction(PatternSet patternSet, EngineRules rules, Tap tap) {
    this.patternSet = patternSet;
    this.rules = rules;
    this.tap = tap;
  }

  /** A sink that travels with the function. */
  interface Tap extends MatchSink, Serializable {}

  @Override
  public void open(OpenContext context) throws Exception {
    openMatches =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "open-matches", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    if (!rules.disorderBound().isZero()) {
      pending =
          new PendingSignals(
              rules,
              getRuntimeContext()
                  .getListState(
                      new ListStateDescriptor<>(
                          "pending-signals",
                          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)));
    }
    MatchBuffer buffer = new MatchBuffer();
    patterns = new PatternTable(patternSet.compile(), buffer);
    patterns.open(getRuntimeContext());
    output = new Output();
    matcher = new AssetMatcher(patterns, rules, buffer, output);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    irrelevant = metrics.counter("irrelevantSignals", new SimpleCounter());
    late = metrics.counter("lateSignals", new SimpleCounter());
    bytesRead = metrics.counter("stateBytesRead", new SimpleCounter());
    bytesWritten = metrics.counter("stateBytesWritten", new SimpleCounter());
    for (PatternRuntime pattern : patterns.all()) {
      pattern.metrics().register(metrics, pattern.name(), pattern.version());
    }
  }

  @Override
  public void close() throws Exception {
    if (patterns != null) {
      patterns.close();
    }
  }

  @Override
  public void processElement(Signal signal, Context context, Collector<Detection> out)
      throws Exception {
    PatternRuntime[] candidates = patterns.index().candidates(signal);
    if (!SignalIndex.anyCovers(candidates, signal.asset())
        && !patterns.index().watches(signal.asset())) {
      irrelevant.inc();
      return;
    }
    collector = out;
    Long timestamp = context.timestamp();
    long ingest = timestamp == null ? signal.eventTimeMillis() : timestamp;
    if (pending != null) {
      context.timerService().registerEventTimeTimer(pending.add(signal, ingest));
      return;
    }
    byte[] stored = read();
    byte[] after = matcher.onSignal(stored, signal, candidates, ingest);
    setTimer(context);
    store(stored, after);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Detection> out)
      throws Exception {
    collector = out;
    byte[] before = read();
    byte[] after = before;
    if (pending != null && pending.isTick(timestamp)) {
      after = release(after, timestamp, context);
    }
    if (after != null) {
      after = matcher.onIngestTime(after, context.getCurrentKey(), timestamp);
      setTimer(context);
    }
    store(before, after);
  }

  private byte[] release(byte[] stored, long tick, OnTimerContext context) throws Exception {
    byte[] after = stored;
    List<Pending> kept = new ArrayList<>();
    for (Signal signal : pending.release(tick, kept)) {
      if (after != null && signal.eventTimeMillis() < AssetValue.clock(after)) {
        late.inc();
        context.output(LATE_SIGNALS, signal);
        continue;
      }
      after = matcher.onSignal(after, signal, patterns.index().candidates(signal), tick);
      setTimer(context);
    }
    if (!kept.isEmpty()) {
      context.timerService().registerEventTimeTimer(pending.tickAfter(tick));
    }
    return after;
  }

  private byte[] read() throws Exception {
    byte[] stored = openMatches.value();
    if (stored != null) {
      bytesRead.inc(stored.length);
    }
    return stored;
  }

  private void setTimer(Context context) {
    if (matcher.timerToDelete() != Long.MAX_VALUE) {
      context.timerService().deleteEventTimeTimer(matcher.timerToDelete());
    }
    if (matcher.timerToRegister() != Long.MAX_VALUE) {
      context.timerService().registerEventTimeTimer(matcher.timerToRegister());
    }
  }

  private void store(byte[] before, byte[] after) throws Exception {
    output.flush();
    if (after == before) {
      return;
    }
    if (after == null) {
      openMatches.clear();
    } else {
      openMatches.update(after);
      bytesWritten.inc(after.length);
    }
  }

  /**
   * Collects the detections of one signal; two ways through a pattern that took the same signals
   * are one detection.
   */
  private final class Output implements MatchSink {
    private final Set<String> ids = new HashSet<>();

    @Override
    public void matched(
        PatternRuntime pattern, Map<String, List<Signal>> match, long completedAtMillis) {
      if (tap != null) {
        tap.matched(pattern, match, completedAtMillis);
      }
      Detection detection = pattern.detections().detection(match, completedAtMillis);
      if (ids.add(detection.id())) {
        collector.collect(detection);
      }
    }

    @Override
    public void timedOut(
        PatternRuntime pattern, Map<String, List<Signal>> match, long deadlineMillis) {
      if (tap != null) {
        tap.timedOut(pattern, match, deadlineMillis);
      }
    }

    void flush() {
      if (!ids.isEmpty()) {
        ids.clear();
      }
    }
  }
}
