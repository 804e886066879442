package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.engine.PendingSignals.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * What {@link MatchPatternsFunction} does, for a keyed function of any kind; its patterns may
 * change between two calls. What becomes of open matches is then decided asset by asset, at the
 * asset's next signal that matters or its next timer, by the live version's {@code onChange}.
 */
public final class SignalMatching {
  private final EngineRules rules;
  private final MatchPatternsFunction.Tap tap;
  private final Output output = new Output();
  private final Map<String, PatternMetrics> counters = new HashMap<>();

  private RuntimeContext runtime;
  private PatternTable patterns;
  private PatternRuntime[] candidates;
  private AssetMatcher matcher;
  private ValueState<byte[]> openMatches;
  private PendingSignals pending;
  private Collector<Detection> collector;
  private MetricGroup metrics;
  private Counter irrelevant;
  private Counter late;
  private Counter bytesRead;
  private Counter bytesWritten;

  public SignalMatching(EngineRules rules) {
    this(rules, null);
  }

  SignalMatching(EngineRules rules, MatchPatternsFunction.Tap tap) {
    this.rules = rules;
    this.tap = tap;
  }

  /**
   * Whether the engine can run the pattern.
   *
   * @throws RuntimeException when it cannot; the message says why
   */
  public static void check(CompiledPattern pattern) throws Exception {
    PatternTable.of(List.of(pattern));
  }

  /** Registers state and metrics; patterns are to be given before the first signal. */
  public void open(RuntimeContext context) {
    runtime = context;
    openMatches =
        context.getState(
            new ValueStateDescriptor<>(
                "open-matches", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    if (!rules.disorderBound().isZero()) {
      pending =
          new PendingSignals(
              rules,
              context.getListState(
                  new ListStateDescriptor<>(
                      "pending-signals", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)));
    }
    metrics = context.getMetricGroup();
    irrelevant = metrics.counter("irrelevantSignals", new SimpleCounter());
    late = metrics.counter("lateSignals", new SimpleCounter());
    bytesRead = metrics.counter("stateBytesRead", new SimpleCounter());
    bytesWritten = metrics.counter("stateBytesWritten", new SimpleCounter());
  }

  /** Matches these patterns from now on, in the order of evaluation. */
  public void use(List<EnginePattern> engines) throws Exception {
    PatternTable next = new PatternTable(engines);
    next.open(runtime);
    close();
    patterns = next;
    matcher = new AssetMatcher(patterns, rules, output);
    for (PatternRuntime pattern : patterns.all()) {
      String key = pattern.label() + ' ' + pattern.version();
      PatternMetrics known = counters.putIfAbsent(key, pattern.metrics());
      if (known == null) {
        pattern.metrics().register(metrics, pattern.label(), pattern.version());
      } else {
        pattern.countIn(known);
      }
    }
  }

  public void close() throws Exception {
    if (patterns != null) {
      patterns.close();
    }
  }

  /**
   * Whether a pattern may use the signal; counts it when none can. Asked before {@link #onSignal},
   * so that nothing is made for a signal that nobody needs, not even its boxed timestamp.
   */
  public boolean concerns(Signal signal) {
    candidates = patterns.index().candidates(signal);
    if (SignalIndex.anyCovers(candidates, signal.asset())
        || patterns.index().watches(signal.asset())) {
      return true;
    }
    irrelevant.inc();
    return false;
  }

  /**
   * Takes the signal of the current key that {@link #concerns} was asked about last.
   *
   * @param timestamp ingest time; null when the stream has none
   */
  public void onSignal(Signal signal, Long timestamp, TimerService timers, Collector<Detection> out)
      throws Exception {
    collector = out;
    long ingest = timestamp == null ? signal.eventTimeMillis() : timestamp;
    if (pending != null) {
      timers.registerEventTimeTimer(pending.add(signal, ingest));
      return;
    }
    byte[] stored = read();
    byte[] after = matcher.onSignal(stored, signal, candidates, ingest);
    setTimer(timers);
    store(stored, after);
  }

  /**
   * An event-time timer of the current key fired.
   *
   * @param lateSignals takes signals that came too late to be matched
   */
  public void onTimer(
      long timestamp,
      String key,
      TimerService timers,
      Consumer<Signal> lateSignals,
      Collector<Detection> out)
      throws Exception {
    collector = out;
    byte[] before = read();
    byte[] after = before;
    if (pending != null && pending.isTick(timestamp)) {
      after = release(after, timestamp, timers, lateSignals);
    }
    if (after != null) {
      after = matcher.onIngestTime(after, key, timestamp);
      setTimer(timers);
    }
    store(before, after);
  }

  private byte[] release(
      byte[] stored, long tick, TimerService timers, Consumer<Signal> lateSignals)
      throws Exception {
    byte[] after = stored;
    List<Pending> kept = new ArrayList<>();
    for (Signal signal : pending.release(tick, kept)) {
      if (after != null && signal.eventTimeMillis() < AssetValue.clock(after)) {
        late.inc();
        lateSignals.accept(signal);
        continue;
      }
      after = matcher.onSignal(after, signal, patterns.index().candidates(signal), tick);
      setTimer(timers);
    }
    if (!kept.isEmpty()) {
      timers.registerEventTimeTimer(pending.tickAfter(tick));
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

  private void setTimer(TimerService timers) {
    if (matcher.timerToDelete() != Long.MAX_VALUE) {
      timers.deleteEventTimeTimer(matcher.timerToDelete());
    }
    if (matcher.timerToRegister() != Long.MAX_VALUE) {
      timers.registerEventTimeTimer(matcher.timerToRegister());
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
