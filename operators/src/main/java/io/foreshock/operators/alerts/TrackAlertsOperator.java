package io.foreshock.operators.alerts;

import io.foreshock.model.Alert;
import io.foreshock.model.Command;
import io.foreshock.model.CommandAnswer;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Detections and commands to alerts: keeps one {@link AssetAlerts} per asset and wakes {@link
 * AlertMachine} when something is due. Second input: commands about groups, of which each task gets
 * all.
 *
 * <p>Timers are of processing time, one per asset, at an absolute time that is part of the state;
 * one that is overdue when the task starts from state waits {@code startGrace}, so that what came
 * meanwhile is read first.
 *
 * <p>State: {@code asset-alerts} per asset, gone when its last alert is forgotten; {@code
 * group-silences}, broadcast.
 */
public final class TrackAlertsOperator extends AbstractStreamOperator<AlertRecord>
    implements TwoInputStreamOperator<AlertInput, Command, AlertRecord>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** What people may have to be told. */
  public static final OutputTag<Notice> NOTICES = new OutputTag<>("notices") {};

  private static final ValueStateDescriptor<AssetAlerts> ALERTS =
      new ValueStateDescriptor<>("asset-alerts", AssetAlertsSerializer.INSTANCE);
  private static final MapStateDescriptor<String, Quiet> GROUPS =
      new MapStateDescriptor<>(
          "group-silences", StringSerializer.INSTANCE, QuietSerializer.INSTANCE);

  private final AlertRules rules;

  private transient AlertMachine machine;
  private transient ValueState<AssetAlerts> alerts;
  private transient GroupQuiets groups;
  private transient BroadcastState<String, Quiet> groupState;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Emitter emitter;
  private transient Counter repeats;
  private transient boolean restored;
  private transient long startedAt;
  private transient long graceUntil;

  TrackAlertsOperator(AlertRules rules) {
    this.rules = rules;
  }

  /**
   * Adds the operator to a graph; the caller gives uid and name.
   *
   * @param inputs keyed by {@link AlertInput#assetKey()}
   * @param groups commands about groups
   */
  public static SingleOutputStreamOperator<AlertRecord> track(
      KeyedStream<AlertInput, String> inputs, DataStream<Command> groups, AlertRules rules) {
    return inputs
        .connect(groups.broadcast())
        .transform(
            "track-alerts",
            new AlertRecordSerializer.Factory().createTypeInfo(AlertRecord.class, null),
            new TrackAlertsOperator(rules));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
    groupState = context.getOperatorStateStore().getBroadcastState(GROUPS);
  }

  @Override
  public void open() throws Exception {
    super.open();
    machine = new AlertMachine(rules);
    alerts = getPartitionedState(ALERTS);
    groups = new GroupQuiets(groupState);
    timers = getInternalTimerService("alerts", VoidNamespaceSerializer.INSTANCE, this);
    emitter = new Emitter();
    repeats = getMetricGroup().counter("repeatedDetections");
    startedAt = timers.currentProcessingTime();
    graceUntil = restored ? startedAt + rules.startGrace().toMillis() : startedAt;
    machine.resumesAt(graceUntil);
  }

  @Override
  public void processElement1(StreamRecord<AlertInput> element) throws Exception {
    AlertInput input = element.getValue();
    long now = timers.currentProcessingTime();
    AssetAlerts asset = alerts.value();
    if (input.detection() != null) {
      String tenant = input.detection().asset().tenant();
      if (asset == null) {
        asset = new AssetAlerts(tenant, input.detection().asset().assetId());
      }
      boolean fresh =
          machine.detection(
              asset,
              input.placement(),
              input.detection(),
              groups.of(tenant),
              input.arrivedMillis(),
              now,
              emitter);
      if (!fresh) {
        repeats.inc();
        return;
      }
    } else {
      Command command = input.command();
      if (asset == null) {
        asset = new AssetAlerts(command.tenant(), command.assetId());
      }
      machine.command(asset, command, groups.of(command.tenant()), now, emitter);
    }
    keep(asset);
  }

  @Override
  public void processElement2(StreamRecord<Command> element) throws Exception {
    Command command = element.getValue();
    long now = timers.currentProcessingTime();
    List<Quiet> before = List.copyOf(groups.of(command.tenant()));
    String refusal = groups.take(command, now, rules.pageMaxAge().toMillis());
    if (refusal.isEmpty()) {
      List<Quiet> ofTenant = groups.of(command.tenant());
      this.<String>getKeyedStateBackend()
          .applyToAllKeys(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              ALERTS,
              (key, state) -> refresh(command.tenant(), before, ofTenant, now));
    }
    if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      emitter.answer(CommandRules.answer(command, refusal, 0, now));
    }
  }

  private void refresh(String tenant, List<Quiet> before, List<Quiet> ofTenant, long now)
      throws Exception {
    AssetAlerts asset = alerts.value();
    if (asset != null && asset.tenant.equals(tenant)) {
      machine.settle(asset, before, now);
      machine.refresh(asset, ofTenant, now, emitter);
      keep(asset);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    AssetAlerts asset = alerts.value();
    if (asset == null) {
      return;
    }
    long now = Math.max(timer.getTimestamp(), timers.currentProcessingTime());
    asset.timerAt = Scope.NEVER;
    if (now < graceUntil && timer.getTimestamp() < startedAt) {
      asset.timerAt = graceUntil;
      timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, graceUntil);
      alerts.update(asset);
      return;
    }
    machine.time(asset, groups.of(asset.tenant), now, emitter);
    keep(asset);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("No timer of event time is ever set.");
  }

  /** Stores the asset and sets its timer. */
  private void keep(AssetAlerts asset) throws Exception {
    if (asset.timerAt != asset.dueAt) {
      if (asset.timerAt != Scope.NEVER) {
        timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, asset.timerAt);
      }
      if (asset.dueAt != Scope.NEVER) {
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, asset.dueAt);
      }
      asset.timerAt = asset.dueAt;
    }
    if (asset.isEmpty()) {
      alerts.clear();
    } else {
      alerts.update(asset);
    }
  }

  private final class Emitter implements AlertOutput {
    private final StreamRecord<AlertRecord> record = new StreamRecord<>(null);
    private final Counter revisions = getMetricGroup().counter("alertRevisions");
    private final Counter refused = getMetricGroup().counter("commandsRefused");

    @Override
    public void alert(Alert alert) {
      revisions.inc();
      output.collect(record.replace(AlertRecord.of(alert)));
    }

    @Override
    public void forget(String tenant, String alertId) {
      output.collect(record.replace(AlertRecord.forgotten(tenant, alertId)));
    }

    @Override
    public void notice(Notice notice) {
      output.collect(NOTICES, new StreamRecord<>(notice));
    }

    @Override
    public void answer(CommandAnswer answer) {
      if (!answer.accepted()) {
        refused.inc();
      }
      output.collect(record.replace(AlertRecord.of(answer)));
    }
  }
}
