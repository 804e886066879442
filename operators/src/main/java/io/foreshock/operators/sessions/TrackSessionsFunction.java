package io.foreshock.operators.sessions;

import io.foreshock.model.SessionRow;
import io.foreshock.model.TelemetryBatch;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sessions per asset. Keyed by {@link SessionInput#key()}.
 *
 * <p>Time: a session ends on the asset's own clock (event time of its newest reading), or, when the
 * asset says nothing, on the ingest clock, which is Flink's event time here. Nothing is ever too
 * late for the watermark; what lies farther behind the asset clock than the horizon is counted and
 * left out. Backfill never moves the asset clock: it is read at another pace than telemetry.
 *
 * <p>One read and one write of one value for a message, none for an asset without a rule; one timer
 * per asset at most. A stopped machine keeps no state. At the end of bounded input (watermark
 * {@code Long.MAX_VALUE}) everything is told and all state is cleared.
 */
public final class TrackSessionsFunction
    extends KeyedProcessFunction<String, SessionInput, SessionRow> {
  private static final long serialVersionUID = 1L;

  /** Name of the state. */
  public static final String STATE = "sessions";

  private final SessionRules rules;

  private transient Map<String, SessionRule> byClass;
  private transient Map<SessionRule, Moments> moments;
  private transient ValueState<AssetSessions> sessions;
  private transient SessionTeller teller;
  private transient SessionKeeper keeper;

  public TrackSessionsFunction(SessionRules rules) {
    this.rules = rules;
  }

  @Override
  public void open(OpenContext context) {
    byClass = rules.byClass();
    moments = new HashMap<>();
    rules.rules().forEach(rule -> moments.put(rule, new Moments(rule)));
    sessions =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(STATE, AssetSessionsSerializer.INSTANCE));
    SessionMetrics metrics = new SessionMetrics(getRuntimeContext().getMetricGroup());
    teller = new SessionTeller(metrics);
    keeper = new SessionKeeper(rules, metrics, teller);
  }

  private SessionRule ruleOf(String assetClass) {
    SessionRule rule = byClass.get(assetClass);
    return rule == null ? byClass.get("") : rule;
  }

  @Override
  public void processElement(SessionInput input, Context context, Collector<SessionRow> out)
      throws Exception {
    TelemetryBatch batch = input.batch();
    String assetClass = batch.asset().assetClass();
    SessionRule rule = ruleOf(assetClass);
    if (rule == null && !assetClass.isEmpty()) {
      return;
    }
    AssetSessions asset = sessions.value();
    boolean stored = asset != null;
    if (!stored) {
      asset = new AssetSessions();
    }
    if (assetClass.isEmpty()) {
      rule = ruleOf(asset.assetClass);
      if (rule == null) {
        return;
      }
    } else {
      asset.assetClass = assetClass;
    }
    asset.backlog = batch.backlog();
    asset.lastSeenMillis = Math.max(asset.lastSeenMillis, batch.appendTimeMillis());
    teller.bind(context.getCurrentKey(), asset.assetClass, out);
    keeper.bind(asset, rule, batch.appendTimeMillis());
    if (input.backfill()) {
      moments.get(rule).of(batch, keeper::late);
    } else {
      moments.get(rule).of(batch, keeper);
      keeper.passTime(batch.newestEventTimeMillis());
    }
    if (asset.isBlank()) {
      if (stored) {
        forget(asset, context);
      }
      return;
    }
    schedule(asset, context);
    sessions.update(asset);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SessionRow> out)
      throws Exception {
    AssetSessions asset = sessions.value();
    if (asset == null || asset.timerMillis != timestamp) {
      return;
    }
    asset.timerMillis = AssetSessions.NEVER;
    SessionRule rule = ruleOf(asset.assetClass);
    if (rule == null) {
      // The rule was taken away; nobody asks for these sessions any more.
      sessions.clear();
      return;
    }
    teller.bind(context.getCurrentKey(), asset.assetClass, out);
    keeper.bind(asset, rule, timestamp);
    boolean endOfInput = context.timerService().currentWatermark() == Long.MAX_VALUE;
    if (endOfInput || keeper.isOver()) {
      keeper.finish();
      sessions.clear();
      return;
    }
    keeper.passIngestTime();
    schedule(asset, context);
    sessions.update(asset);
  }

  /** A timer that is early enough is kept: it looks again when it fires. */
  private void schedule(AssetSessions asset, Context context) {
    long due = keeper.dueMillis();
    if (asset.timerMillis != AssetSessions.NEVER && asset.timerMillis <= due) {
      return;
    }
    if (asset.timerMillis != AssetSessions.NEVER) {
      context.timerService().deleteEventTimeTimer(asset.timerMillis);
    }
    asset.timerMillis = due;
    context.timerService().registerEventTimeTimer(due);
  }

  private void forget(AssetSessions asset, Context context) {
    if (asset.timerMillis != AssetSessions.NEVER) {
      context.timerService().deleteEventTimeTimer(asset.timerMillis);
    }
    sessions.clear();
  }
}
