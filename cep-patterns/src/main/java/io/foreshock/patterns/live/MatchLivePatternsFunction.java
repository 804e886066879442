package io.foreshock.patterns.live;

import io.foreshock.model.Detection;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.MatchPatternsFunction;
import io.foreshock.patterns.engine.SignalMatching;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.util.Collector;

/**
 * As {@link MatchPatternsFunction}, for patterns that change while the job runs, and near misses
 * that are asked for while it does. Same state; beside it the broadcast states {@code patterns} and
 * {@code traces}.
 */
public final class MatchLivePatternsFunction extends LiveFunction<Signal, Detection> {
  private static final long serialVersionUID = 1L;

  private transient SignalMatching matching;
  private transient TraceRegistry traces;

  public MatchLivePatternsFunction(LiveRules rules) {
    super(rules);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    super.initializeState(context);
    matching = new SignalMatching(rules().engine(), rules().nearMisses());
    matching.initialize(context, getRuntimeContext());
    traces = new TraceRegistry(context);
    matching.trace(traces.all());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    matching.snapshot();
  }

  @Override
  public void open(OpenContext context) {
    matching.open(getRuntimeContext());
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
  void use(LivePatterns patterns) throws Exception {
    matching.use(patterns.patterns());
  }

  @Override
  void traced(PatternRecord request) throws Exception {
    traces.apply(request);
    matching.trace(traces.all());
  }

  /**
   * Whether a pattern that runs now may use the signal.
   *
   * @param watermark of the task
   */
  boolean concerns(Signal signal, long watermark) throws Exception {
    refresh(watermark);
    return matching.concerns(signal);
  }

  @Override
  public void processElement(Signal signal, ReadOnlyContext context, Collector<Detection> out)
      throws Exception {
    if (concerns(signal, context.currentWatermark())) {
      Long timestamp = matching.knowsIngestTime() ? null : context.timestamp();
      String key = matching.knowsKey() ? null : context.getCurrentKey();
      matching.onSignal(signal, key, timestamp, context.timerService(), out);
      tellAside(context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Detection> out)
      throws Exception {
    refresh(context.currentWatermark());
    matching.onTimer(timestamp, context.getCurrentKey(), context.timerService(), out);
    tellAside(context);
  }

  private void tellAside(ReadOnlyContext context) {
    if (matching.hasNearMisses()) {
      matching.nearMisses(miss -> context.output(MatchPatternsFunction.NEAR_MISSES, miss));
    }
    if (matching.hasLateSignals()) {
      matching.lateSignals(signal -> context.output(MatchPatternsFunction.LATE_SIGNALS, signal));
    }
  }
}
