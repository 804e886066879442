package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.state.TelemetryBatchSerializer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Each device's messages in its own order, once. Keyed by {@link
 * io.foreshock.model.AssetRef#key()}; an asset may have several devices, which do not wait for each
 * other.
 *
 * <p>Time: waiting and forgetting run on the ingest clock, which is Flink's event time here
 * (timestamps are append times). Messages of one device must come in the order of their append
 * times, as one partition delivers them. Event times only decide what is late.
 *
 * <p>A device in order costs one read and one write of one small value, and no timer; under {@link
 * OrderTelemetryOperator} they are in memory most of the time. What waits is kept apart and touched
 * only while a gap is open. One timer per asset at most.
 *
 * <p>At the end of bounded input (watermark {@code Long.MAX_VALUE}) all that waits is passed on and
 * all state is cleared.
 */
public final class OrderTelemetryFunction
    extends KeyedProcessFunction<String, TelemetryBatch, TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  /**
   * Batches, and parts of batches, that lie behind what was already passed on: the backfill route.
   */
  public static final OutputTag<TelemetryBatch> LATE =
      new OutputTag<>("late-telemetry", TypeInformation.of(TelemetryBatch.class));

  /** Devices of one asset that are remembered; one more, and the longest silent is forgotten. */
  static final int MAX_DEVICES = 256;

  private final OrderRules rules;

  private transient CursorMemory cursors;
  private transient StateOutlet outlet;
  private transient MessageIds ids;
  private transient Sequencer sequencer;
  private transient EventTimeSorter sorter;

  public OrderTelemetryFunction(OrderRules rules) {
    this.rules = rules;
  }

  @Override
  public void open(OpenContext context) {
    cursors =
        new CursorMemory(
            getRuntimeContext()
                .getState(new ValueStateDescriptor<>("cursors", AssetCursorsSerializer.INSTANCE)));
    MapState<Long, TelemetryBatch> pending =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "pending", LongSerializer.INSTANCE, TelemetryBatchSerializer.INSTANCE));
    ids =
        new MessageIds(
            rules,
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<>(
                        "message-ids", LongSerializer.INSTANCE, LongSerializer.INSTANCE)));
    outlet =
        new StateOutlet(
            pending,
            new OrderMetrics(getRuntimeContext().getMetricGroup()),
            rules.linkPeriod().toMillis());
    InOrder inOrder = new InOrder(rules, outlet);
    sequencer = new Sequencer(rules, outlet, inOrder);
    sorter = new EventTimeSorter(rules, outlet, inOrder);
  }

  /** See {@link CursorMemory#remember}; after {@link #open}. */
  void remember(CursorMemory.Keys keys, long atMostBytes) {
    cursors.remember(keys, atMostBytes);
  }

  /** See {@link CursorMemory#flush}. */
  void flush() throws Exception {
    cursors.flush();
  }

  @Override
  public void processElement(TelemetryBatch batch, Context context, Collector<TelemetryBatch> out)
      throws Exception {
    outlet.bind(context, out);
    String key = context.getCurrentKey();
    AssetCursors asset = cursors.get(key);
    if (asset == null) {
      asset = new AssetCursors();
    }
    long now = batch.appendTimeMillis();
    DeviceCursor device = device(asset, batch, now);
    device.lastSeenMillis = Math.max(device.lastSeenMillis, now);
    outlet.bind(device);
    if (asset.pending > 0 || device.link != null) {
      passTime(asset, device, now - 1);
    }
    outlet.at(now);
    if (batch.isSequenced()) {
      sequencer.accept(asset, device, batch);
    } else {
      long id = StableHash.of(StableHash.of(device.device), StableHash.of(batch.messageId()));
      if (ids.isNew(asset, id, now)) {
        sorter.accept(asset, device, batch, id);
      } else {
        outlet.duplicate();
      }
    }
    outlet.describe(batch);
    if (!batch.backlog()) {
      outlet.clock(now, device.newestEventTimeMillis);
    }
    schedule(
        asset,
        Math.min(
            Math.min(device.deadline(rules), asset.idSweepMillis),
            device.lastSeenMillis + rules.cursorTtl().toMillis()),
        context);
    cursors.put(key, asset);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<TelemetryBatch> out)
      throws Exception {
    String key = context.getCurrentKey();
    AssetCursors asset = cursors.get(key);
    if (asset == null) {
      return;
    }
    outlet.bind(context, out);
    asset.timerMillis = AssetCursors.NO_TIMER;
    // The watermark says which records have come; the timer may be older than the deadlines.
    long now = context.timerService().currentWatermark();
    for (int i = 0; i < asset.devices.size(); i++) {
      passTime(asset, asset.devices.get(i), now);
    }
    asset.devices.removeIf(device -> isExpired(device, now));
    if (now >= asset.idSweepMillis) {
      ids.sweep(asset, now);
    }
    if (asset.isEmpty()) {
      cursors.clear(key);
    } else {
      schedule(asset, asset.deadline(rules), context);
      cursors.put(key, asset);
    }
  }

  private DeviceCursor device(AssetCursors asset, TelemetryBatch batch, long now) {
    String name = batch.deviceId().equals(batch.asset().assetId()) ? "" : batch.deviceId();
    DeviceCursor device = asset.find(name);
    if (device != null && isExpired(device, now - 1)) {
      forget(asset, device);
      device = null;
    }
    if (device == null) {
      if (asset.devices.size() == MAX_DEVICES) {
        forget(asset, asset.longestSilent());
      }
      device = new DeviceCursor(name);
      asset.devices.add(device);
    }
    return device;
  }

  private void forget(AssetCursors asset, DeviceCursor device) {
    release(asset, device, Long.MAX_VALUE);
    outlet.bind(device);
    if (device.link != null && !device.link.isClean()) {
      outlet.report();
    }
    asset.devices.remove(device);
  }

  /** Does what was due until the given ingest time, in the order in which it was due. */
  private void passTime(AssetCursors asset, DeviceCursor device, long untilMillis) {
    outlet.bind(device);
    if (rules.linkPeriod().isZero()) {
      // Left from a run that reported; its deadline must not come again and again.
      device.link = null;
    } else {
      long last = Long.MIN_VALUE;
      long next = device.deadline(rules);
      while (next <= untilMillis && next > last) {
        release(asset, device, next);
        if (device.link != null && device.link.dueMillis <= next) {
          outlet.report();
        }
        last = next;
        next = device.deadline(rules);
      }
    }
    release(asset, device, untilMillis);
  }

  private void release(AssetCursors asset, DeviceCursor device, long untilMillis) {
    outlet.bind(device);
    sequencer.release(asset, device, untilMillis);
    sorter.release(asset, device, untilMillis);
  }

  private boolean isExpired(DeviceCursor device, long nowMillis) {
    return device.lastSeenMillis + rules.cursorTtl().toMillis() <= nowMillis;
  }

  /**
   * Moves the one timer of the asset forward if need be; a timer that is too early does no harm.
   */
  private static void schedule(AssetCursors asset, long deadline, Context context) {
    if (deadline < asset.timerMillis) {
      if (asset.timerMillis != AssetCursors.NO_TIMER) {
        context.timerService().deleteEventTimeTimer(asset.timerMillis);
      }
      context.timerService().registerEventTimeTimer(deadline);
      asset.timerMillis = deadline;
    }
  }
}
