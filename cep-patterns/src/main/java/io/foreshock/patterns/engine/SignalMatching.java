package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.PatternTrace;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.engine.PendingSignals.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * What {@link MatchPatternsFunction} does, for a keyed function of any kind; its patterns may
 * change between two calls. What becomes of open matches is then decided asset by asset, at the
 * asset's next signal that matters or its next timer, by the live version's {@code onChange}.
 */
public final class SignalMatching {

  /** What the values of assets may take in the memory of a task, unless said otherwise. */
  public static final long MEMORY_BYTES = 32L << 20;

  private final EngineRules rules;
  private final NearMissTrace trace;
  private final MatchOutput output;
  private final Map<String, PatternMetrics> counters = new HashMap<>();

  private RuntimeContext runtime;
  private PatternTable patterns;
  private PatternRuntime[] candidates;
  private AssetMatcher matcher;
  private AssetValues values;
  private PendingSignals pending;
  private ListState<byte[]> openCounts;
  private OpenCounts counts;
  private MetricGroup metrics;
  private Counter irrelevant;
  private Counter late;

  public SignalMatching(EngineRules rules, NearMissRules nearMisses) {
    this(rules, nearMisses, null);
  }

  SignalMatching(EngineRules rules, NearMissRules nearMisses, MatchPatternsFunction.Tap tap) {
    this.rules = rules;
    trace = new NearMissTrace(nearMisses);
    output = new MatchOutput(tap, trace);
  }

  /**
   * Whether the engine can run the pattern.
   *
   * @throws RuntimeException when it cannot; the message says why
   */
  public static void check(CompiledPattern pattern) throws Exception {
    PatternTable.of(List.of(pattern));
  }

  /** Restores how many matches are open, for metrics; before {@link #open}. */
  public void initialize(FunctionInitializationContext context, RuntimeContext runtime)
      throws Exception {
    TaskInfo task = runtime.getTaskInfo();
    counts =
        new OpenCounts(
            task.getMaxNumberOfParallelSubtasks(),
            task.getNumberOfParallelSubtasks(),
            task.getIndexOfThisSubtask());
    output.countOpenIn(counts);
    openCounts =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "open-counts", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    for (byte[] ofTask : openCounts.get()) {
      counts.add(ofTask);
    }
  }

  /** To be called with each checkpoint. */
  public void snapshot() throws Exception {
    openCounts.update(List.of(counts.toBytes()));
  }

  /** Registers state and metrics; patterns are to be given before the first signal. */
  public void open(RuntimeContext context) {
    runtime = context;
    metrics = context.getMetricGroup();
    irrelevant = metrics.counter("irrelevantSignals", new SimpleCounter());
    late = metrics.counter("lateSignals", new SimpleCounter());
    Counter bytesRead = metrics.counter("stateBytesRead", new SimpleCounter());
    Counter bytesWritten = metrics.counter("stateBytesWritten", new SimpleCounter());
    ValueState<byte[]> openMatches =
        context.getState(
            new ValueStateDescriptor<>(
                "open-matches", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    values = new AssetValues(openMatches, bytesRead, bytesWritten);
    if (!rules.disorderBound().isZero()) {
      pending =
          new PendingSignals(
              rules,
              context.getListState(
                  new ListStateDescriptor<>(
                      "pending-signals", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
              bytesRead,
              bytesWritten);
    }
  }

  /**
   * Keeps the values of the assets heard of last in memory from now on, and writes them back in
   * {@link #flush}.
   *
   * @param useKey changes the current key
   * @param atMostBytes what they may take, about
   */
  public void remember(Consumer<String> useKey, long atMostBytes) {
    values.remember(useKey::accept, atMostBytes);
  }

  /** Brings Flink's state up to date; to be called before each checkpoint. */
  public void flush() throws Exception {
    values.flush();
  }

  /** Matches these patterns from now on, in the order of evaluation. */
  public void use(List<EnginePattern> engines) throws Exception {
    PatternTable next = new PatternTable(engines);
    next.open(runtime);
    close();
    patterns = next;
    matcher = new AssetMatcher(patterns, rules, output);
    trace.use(patterns.all());
    counters.values().forEach(known -> known.countOpen(() -> 0));
    for (PatternRuntime pattern : patterns.all()) {
      String key = pattern.label() + ' ' + pattern.version();
      PatternMetrics known = counters.putIfAbsent(key, pattern.metrics());
      if (known == null) {
        pattern.metrics().register(metrics, pattern.label(), pattern.version());
      } else {
        pattern.countIn(known);
      }
      pattern.metrics().countOpen(() -> counts.open(next, pattern));
      pattern.metrics().countErrors(pattern.compiled().conditionErrors());
    }
  }

  /** Tells near misses of these from now on, beside those asked for from the start. */
  public void trace(List<PatternTrace> published) {
    trace.want(published);
    if (patterns != null) {
      trace.use(patterns.all());
    }
  }

  /** Whether the last call gave near misses that are to be told. */
  public boolean hasNearMisses() {
    return !trace.isEmpty();
  }

  /** Hands them over. */
  public void nearMisses(Consumer<NearMiss> sideOutput) {
    trace.drainTo(sideOutput);
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
   * Takes the signal that {@link #concerns} was asked about last.
   *
   * @param key the current key
   * @param timestamp ingest time; null when the stream has none
   */
  public void onSignal(
      Signal signal, String key, Long timestamp, TimerService timers, Collector<Detection> out)
      throws Exception {
    output.begin(signal.asset(), key, timers, out);
    long ingest = timestamp == null ? signal.eventTimeMillis() : timestamp;
    if (pending != null) {
      timers.registerEventTimeTimer(pending.add(signal, ingest));
      return;
    }
    values.turnTo(key);
    byte[] after = matcher.onSignal(values.value(), values.timer(), signal, candidates, ingest);
    setTimer(timers);
    output.flush();
    values.store(key, after, matcher.timer());
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
    output.begin(null, key, timers, out);
    values.turnTo(key);
    byte[] after = values.value();
    long timer = values.timer();
    if (after == null && timer == timestamp) {
      timer = Long.MAX_VALUE;
    }
    if (pending != null && pending.isTick(timestamp)) {
      for (Signal signal : released(timestamp, timers)) {
        if (after != null && signal.eventTimeMillis() < AssetValue.clock(after)) {
          late.inc();
          lateSignals.accept(signal);
          continue;
        }
        after =
            matcher.onSignal(after, timer, signal, patterns.index().candidates(signal), timestamp);
        timer = matcher.timer();
        setTimer(timers);
      }
    }
    if (after != null) {
      after = matcher.onIngestTime(after, key, timestamp);
      timer = matcher.timer();
      setTimer(timers);
    }
    output.flush();
    values.store(key, after, timer);
  }

  private List<Signal> released(long tick, TimerService timers) throws Exception {
    List<Pending> kept = new ArrayList<>();
    List<Signal> released = pending.release(tick, kept);
    if (!kept.isEmpty()) {
      timers.registerEventTimeTimer(pending.tickAfter(tick));
    }
    return released;
  }

  private void setTimer(TimerService timers) {
    if (matcher.timerToRegister() != Long.MAX_VALUE) {
      timers.registerEventTimeTimer(matcher.timerToRegister());
    }
  }
}
