package io.foreshock.patterns.live;

import io.foreshock.model.PatternRecord;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.detect.SymptomDetection;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * As {@link io.foreshock.operators.detect.DetectSymptomsFunction}, for patterns that change while
 * the job runs. Same keyed state; beside it the broadcast state {@code patterns}.
 */
public final class DetectLiveSymptomsFunction
    extends KeyedBroadcastProcessFunction<String, TelemetryBatch, PatternRecord, Signal>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final LiveRules rules;

  private transient LivePatterns live;
  private transient SymptomDetection detection;

  public DetectLiveSymptomsFunction(LiveRules rules) {
    this.rules = rules;
  }

  /** The broadcast state of this function and of {@link MatchLivePatternsFunction}. */
  public static MapStateDescriptor<?, ?> state() {
    return PatternRegistry.STATE;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    live = new LivePatterns(context, rules);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // The state is kept up to date.
  }

  @Override
  public void open(OpenContext context) {
    detection = new SymptomDetection(rules.assetForgetAfter());
    detection.open(getRuntimeContext());
  }

  @Override
  public void processElement(TelemetryBatch batch, ReadOnlyContext context, Collector<Signal> out)
      throws Exception {
    refresh();
    detection.onBatch(batch, context.timerService(), out);
  }

  @Override
  public void processBroadcastElement(PatternRecord change, Context context, Collector<Signal> out)
      throws Exception {
    live.apply(change, context.currentWatermark());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Signal> out)
      throws Exception {
    refresh();
    detection.onTimer(timestamp, context.getCurrentKey(), context.timerService(), out);
  }

  private void refresh() throws Exception {
    if (live.takeStale()) {
      detection.use(live.detectors());
    }
  }
}
