package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.PatternTrace;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.engine.AssetMatcher.Change;
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
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.Collector;

/**
 * What {@link MatchPatternsFunction} does, for a keyed function of any kind; its patterns may
 * change between two calls. What becomes of open matches is then decided asset by asset, at the
 * asset's next signal that matters or its next timer, by the live version's {@code onChange}.
 */
public final class SignalMatching {

  private static final long NOT_TOLD = Long.MIN_VALUE;

  private final EngineRules rules;
  private final NearMissTrace trace;
  private final MatchOutput output;
  private final Map<String, PatternMetrics> counters = new HashMap<>();

  private RuntimeContext runtime;
  private PatternTable patterns;

  /** The signal that was asked about last, if a pattern may use it, and which ones may. */
  private Signal wanted;

  private PatternRuntime[] candidates;
  private long ingestMillis = NOT_TOLD;

  /** Key of the next signal, when it is not the current one; null when it is. */
  private String laterKey;

  private AssetMatcher matcher;
  private AssetValues values;
  private PendingSignals pending;
  private final List<Signal> lateSignals = new ArrayList<>();
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
    values.register(metrics);
    if (!rules.disorderBound().isZero()) {
      pending =
          new PendingSignals(
              rules,
              context.getListState(
                  new ListStateDescriptor<>(
                      "pending-signals", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
              bytesRead,
              bytesWritten,
              metrics.counter("overflowedSignals", new SimpleCounter()));
    }
  }

  /**
   * Keeps the values of the assets heard of last in memory from now on, as much as {@link
   * EngineRules#memoryBytes} says, and writes them back in {@link #flush}.
   *
   * @param useKey changes the current key
   */
  public void remember(Consumer<String> useKey) {
    if (rules.memoryBytes() > 0) {
      values.remember(useKey::accept, rules.memoryBytes());
    }
  }

  /** Brings Flink's state up to date; to be called before each checkpoint. */
  public void flush() throws Exception {
    values.flush();
  }

  /**
   * Tells the ingest time of the next signal, so that {@link #onSignal} need not be told a boxed
   * one.
   */
  public void ingestTime(StreamRecord<Signal> record) {
    ingestMillis =
        record.hasTimestamp() ? record.getTimestamp() : record.getValue().eventTimeMillis();
  }

  /** Whether {@link #ingestTime} has told it. */
  public boolean knowsIngestTime() {
    return ingestMillis != NOT_TOLD;
  }

  /**
   * Whether {@link #keyLater} may be told instead of setting the current key: most assets are in
   * memory, and to write the key for a state that is not asked takes a tenth of the time.
   */
  public boolean knowsKeysByItself() {
    return values.remembers() && pending == null;
  }

  /** Tells the key of the next signal, so that it need not be the current one. */
  public void keyLater(String key) {
    laterKey = key;
  }

  /** Whether {@link #keyLater} has told it. */
  public boolean knowsKey() {
    return laterKey != null;
  }

  /** Matches these patterns from now on, in the order of evaluation. */
  public void use(List<EnginePattern> engines) throws Exception {
    PatternTable next = new PatternTable(engines);
    next.open(runtime);
    close();
    patterns = next;
    wanted = null;
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

  /** Whether signals of the last call came too late to be matched. */
  public boolean hasLateSignals() {
    return !lateSignals.isEmpty();
  }

  /** Hands them over. */
  public void lateSignals(Consumer<Signal> sideOutput) {
    lateSignals.forEach(sideOutput);
    lateSignals.clear();
  }

  public void close() throws Exception {
    if (patterns != null) {
      patterns.close();
    }
  }

  /**
   * Whether a pattern may use the signal; counts it when none can. Asked before {@link #onSignal},
   * so that nothing is made for a signal that nobody needs, not even its boxed timestamp. An
   * operator may ask before it sets the key, which costs as much as the rest; the answer holds
   * until the signal has been taken.
   */
  public boolean concerns(Signal signal) {
    if (signal == wanted) {
      return true;
    }
    ingestMillis = NOT_TOLD;
    candidates = patterns.index().candidates(signal);
    if (SignalIndex.anyCovers(candidates, signal.asset())
        || patterns.index().watches(signal.asset())) {
      wanted = signal;
      return true;
    }
    irrelevant.inc();
    return false;
  }

  /**
   * Takes the signal that {@link #concerns} was asked about last.
   *
   * @param currentKey the current key; ignored when {@link #keyLater} was told
   * @param timestamp ingest time; null when the stream has none, or {@link #ingestTime} was told
   */
  public void onSignal(
      Signal signal,
      String currentKey,
      Long timestamp,
      TimerService timers,
      Collector<Detection> out)
      throws Exception {
    wanted = null;
    boolean later = laterKey != null;
    String key = later ? laterKey : currentKey;
    laterKey = null;
    output.begin(signal.asset(), key, timers, out);
    long ingest = ingestMillis;
    if (ingest == NOT_TOLD) {
      ingest = timestamp == null ? signal.eventTimeMillis() : timestamp;
    }
    if (pending != null) {
      await(signal, key, ingest, timers);
      return;
    }
    values.turnTo(key, later);
    give(signal, key, candidates, ingest, timers);
    output.flush();
    values.leave();
  }

  /** Lets a signal wait for its order, and others go if too many wait. */
  private void await(Signal signal, String key, long ingest, TimerService timers) throws Exception {
    if (!values.remembers()) {
      timers.registerEventTimeTimer(pending.add(signal, ingest));
      return;
    }
    values.turnTo(key, false);
    int waiting = 1 + (values.waiting() < 0 ? pending.count() : values.waiting());
    timers.registerEventTimeTimer(pending.add(signal, ingest));
    values.waiting(waiting);
    if (pending.isTooMany(waiting)) {
      release(key, ingest, timers);
      output.flush();
    }
    values.leave();
  }

  /**
   * Gives the patterns what need not wait any longer.
   *
   * @return how many signals still wait
   */
  private int release(String key, long ingest, TimerService timers) throws Exception {
    List<Pending> kept = new ArrayList<>();
    List<Signal> released = pending.release(ingest, kept);
    values.waiting(kept.size());
    for (Signal signal : released) {
      if (values.value().exists() && signal.eventTimeMillis() < AssetValue.clock(values.value())) {
        late.inc();
        lateSignals.add(signal);
      } else {
        give(signal, key, patterns.index().candidates(signal), ingest, timers);
      }
    }
    return kept.size();
  }

  private void give(
      Signal signal, String key, PatternRuntime[] to, long ingest, TimerService timers)
      throws Exception {
    Change change = matcher.onSignal(values.value(), values.timer(), signal, to, ingest);
    store(key, change, timers);
  }

  private void store(String key, Change change, TimerService timers) throws Exception {
    if (matcher.timerToRegister() != Long.MAX_VALUE) {
      values.useKey(key);
      timers.registerEventTimeTimer(matcher.timerToRegister());
    }
    values.store(key, change, matcher.written(), matcher.timer());
  }

  /** An event-time timer of the current key fired. */
  public void onTimer(long timestamp, String key, TimerService timers, Collector<Detection> out)
      throws Exception {
    output.begin(null, key, timers, out);
    values.turnTo(key, false);
    if (!values.value().exists() && values.timer() == timestamp) {
      values.forgetTimer();
    }
    if (pending != null && pending.isTick(timestamp) && release(key, timestamp, timers) > 0) {
      timers.registerEventTimeTimer(pending.tickAfter(timestamp));
    }
    if (values.value().exists()) {
      store(key, matcher.onIngestTime(values.value(), key, timestamp), timers);
    }
    output.flush();
    values.leave();
  }
}
