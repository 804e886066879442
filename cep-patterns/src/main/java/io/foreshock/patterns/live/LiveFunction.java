package io.foreshock.patterns.live;

import io.foreshock.model.PatternRecord;
import io.foreshock.model.PatternTrace;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A keyed function whose patterns change while the job runs. Many changes at once are worked in
 * together, at the next element or timer.
 *
 * <p>State: the broadcast state {@code patterns}.
 */
abstract class LiveFunction<I, O> extends KeyedBroadcastProcessFunction<String, I, PatternRecord, O>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final LiveRules rules;
  private transient LivePatterns live;

  LiveFunction(LiveRules rules) {
    this.rules = rules;
  }

  LiveRules rules() {
    return rules;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    live = new LivePatterns(context, rules);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    // The state is kept up to date.
  }

  @Override
  public void processBroadcastElement(PatternRecord change, Context context, Collector<O> out)
      throws Exception {
    if (change.key().startsWith(PatternTrace.KEY_PREFIX)) {
      traced(change);
    } else {
      live.apply(change, context.currentWatermark());
    }
  }

  /** Works in what has changed, and forgets what has run its time; before each element or timer. */
  void refresh(long watermark) throws Exception {
    if (live.takeStale(watermark)) {
      use(live);
    }
  }

  /** Goes on with these patterns. */
  abstract void use(LivePatterns patterns) throws Exception;

  /** Takes a request for near misses. */
  void traced(PatternRecord request) throws Exception {}
}
