package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.PatternSet;
import java.io.Serializable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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

  private transient SignalMatching matching;

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
    matching = new SignalMatching(rules, tap);
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
      matching.onSignal(
          signal, context.getCurrentKey(), context.timestamp(), context.timerService(), out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Detection> out)
      throws Exception {
    matching.onTimer(
        timestamp,
        context.getCurrentKey(),
        context.timerService(),
        late -> context.output(LATE_SIGNALS, late),
        out);
  }
}
