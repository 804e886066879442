package io.foreshock.patterns.live;

import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.detect.SymptomDetection;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.util.Collector;

/**
 * As {@link io.foreshock.operators.detect.DetectSymptomsFunction}, for patterns that change while
 * the job runs. Same keyed state; beside it the broadcast state {@code patterns}.
 */
public final class DetectLiveSymptomsFunction extends LiveFunction<TelemetryBatch, Signal> {
  private static final long serialVersionUID = 1L;

  private transient SymptomDetection detection;

  public DetectLiveSymptomsFunction(LiveRules rules) {
    super(rules);
  }

  /** The broadcast state of this function and of {@link MatchLivePatternsFunction}. */
  public static MapStateDescriptor<?, ?> state() {
    return PatternRegistry.STATE;
  }

  @Override
  public void open(OpenContext context) {
    detection = new SymptomDetection(rules().assetForgetAfter());
    detection.open(getRuntimeContext());
  }

  @Override
  void use(LivePatterns patterns) throws Exception {
    detection.use(patterns.detectors());
  }

  @Override
  public void processElement(TelemetryBatch batch, ReadOnlyContext context, Collector<Signal> out)
      throws Exception {
    refresh(context.currentWatermark());
    detection.onBatch(batch, context.timerService(), out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Signal> out)
      throws Exception {
    refresh(context.currentWatermark());
    detection.onTimer(timestamp, context.getCurrentKey(), context.timerService(), out);
  }
}
