package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.Signal;
import io.foreshock.patterns.PatternSet;
import java.io.Serializable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
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
 * <p>State per asset: one value for all patterns, present only while a match is open, and one timer
 * in use; others, set for an earlier deadline or before the asset left memory, find nothing when
 * they fire. Beside it, for metrics, the number of open matches by key group (operator state {@code
 * open-counts}). A signal that no pattern can use touches neither, unless a pattern that applies to
 * the asset may be completed by time alone.
 */
public final class MatchPatternsFunction extends KeyedProcessFunction<String, Signal, Detection>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /**
   * Signals that came further out of order than {@link EngineRules#disorderBound}: behind what open
   * matches of the asset have seen. They were not matched.
   */
  public static final OutputTag<Signal> LATE_SIGNALS =
      new OutputTag<>("late-signals", TypeInformation.of(Signal.class));

  /** Matches that ended without completing, those that {@link NearMissRules} ask for. */
  public static final OutputTag<NearMiss> NEAR_MISSES =
      new OutputTag<>("near-misses", TypeInformation.of(NearMiss.class));

  private final PatternSet patternSet;
  private final EngineRules rules;
  private final NearMissRules nearMisses;

  /** Sees every match and time-out first; null for none. */
  private final Tap tap;

  private transient SignalMatching matching;

  /** Matches, and tells no near misses. */
  public MatchPatternsFunction(PatternSet patternSet, EngineRules rules) {
    this(patternSet, rules, NearMissRules.NONE);
  }

  public MatchPatternsFunction(PatternSet patternSet, EngineRules rules, NearMissRules nearMisses) {
    this(patternSet, rules, nearMisses, null);
  }

  MatchPatternsFunction(PatternSet patternSet, EngineRules rules, Tap tap) {
    this(patternSet, rules, NearMissRules.NONE, tap);
  }

  private MatchPatternsFunction(
      PatternSet patternSet, EngineRules rules, NearMissRules nearMisses, Tap tap) {
    this.patternSet = patternSet;
    this.rules = rules;
    this.nearMisses = nearMisses;
    this.tap = tap;
  }

  /** A sink that travels with the function. */
  interface Tap extends MatchSink, Serializable {}

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    matching = new SignalMatching(rules, nearMisses, tap);
    matching.initialize(context, getRuntimeContext());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    matching.snapshot();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    matching.open(getRuntimeContext());
    matching.use(PatternTable.byVersion(patternSet.compile()));
  }

  SignalMatching matching() {
    return matching;
  }

  @Override
  public void close() throws Exception {
    if (matching != null) {
      matching.close();
    }
  }

  @Override
  public void processElement(Signal signal, Context context, Collector<Detection> out)
      throws Exception {
    if (matching.concerns(signal)) {
      Long timestamp = matching.knowsIngestTime() ? null : context.timestamp();
      String key = matching.knowsKey() ? null : context.getCurrentKey();
      matching.onSignal(signal, key, timestamp, context.timerService(), out);
      tellAside(context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Detection> out)
      throws Exception {
    matching.onTimer(timestamp, context.getCurrentKey(), context.timerService(), out);
    tellAside(context);
  }

  private void tellAside(Context context) {
    if (matching.hasNearMisses()) {
      matching.nearMisses(miss -> context.output(NEAR_MISSES, miss));
    }
    if (matching.hasLateSignals()) {
      matching.lateSignals(signal -> context.output(LATE_SIGNALS, signal));
    }
  }
}
