package io.foreshock.patterns.live;

import io.foreshock.model.Detection;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.MatchPatternsFunction;
import io.foreshock.patterns.engine.SignalMatching;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * As {@link MatchPatternsFunction}, for patterns that change while the job runs. Same keyed state;
 * beside it the broadcast state {@code patterns}.
 */
public final class MatchLivePatternsFunction
    extends KeyedBroadcastProcessFunction<String, Signal, PatternRecord, Detection>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final LiveRules rules;

  private transient LivePatterns live;
  private transient SignalMatching matching;

  public MatchLivePatternsFunction(LiveRules rules) {
    this.rules = rules;
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
    matching = new SignalMatching(rules.engine());
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
  public void processElement(Signal signal, ReadOnlyContext context, Collector<Detection> out)
      throws Exception {
    refresh();
    if (matching.concerns(signal)) {
      matching.onSignal(
          signal, context.getCurrentKey(), context.timestamp(), context.timerService(), out);
    }
  }

  @Override
  public void processBroadcastElement(
      PatternRecord change, Context context, Collector<Detection> out) throws Exception {
    live.apply(change, context.currentWatermark());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Detection> out)
      throws Exception {
    refresh();
    matching.onTimer(
        timestamp,
        context.getCurrentKey(),
        context.timerService(),
        late -> context.output(MatchPatternsFunction.LATE_SIGNALS, late),
        out);
  }

  private void refresh() throws Exception {
    if (live.takeStale()) {
      matching.use(live.patterns());
    }
  }
}
