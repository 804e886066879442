package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.LogSubject;
import java.time.Duration;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outlet onto Flink: collector, side output, state of the current key, counters. */
final class StateOutlet implements Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(StateOutlet.class);
  private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final MapState<Long, TelemetryBatch> pending;
  private final OrderMetrics metrics;
  private final long linkPeriodMillis;

  private KeyedProcessFunction<String, TelemetryBatch, TelemetryBatch>.Context context;
  private Collector<TelemetryBatch> out;
  private DeviceCursor device;
  private long nowMillis;
  private long saidNanos = System.nanoTime() - SAY_AGAIN_NANOS;

  /**
   * @param linkPeriodMillis ingest time between reports about a device; 0 for none
   */
  StateOutlet(MapState<Long, TelemetryBatch> pending, OrderMetrics metrics, long linkPeriodMillis) {
    this.pending = pending;
    this.metrics = metrics;
    this.linkPeriodMillis = linkPeriodMillis;
  }

  /** Before each element and timer. */
  void bind(
      KeyedProcessFunction<String, TelemetryBatch, TelemetryBatch>.Context context,
      Collector<TelemetryBatch> out) {
    this.context = context;
    this.out = out;
  }

  /** Before anything is done about a device. */
  void bind(DeviceCursor device) {
    this.device = device;
  }

  @Override
  public void at(long ingestMillis) {
    nowMillis = ingestMillis;
  }

  /** Reports what is due, and ends reporting when a whole period was clean. */
  void report() {
    boolean clean = device.link.isClean();
    out.collect(LinkReports.of(context.getCurrentKey(), device));
    if (clean) {
      device.link = null;
    } else {
      device.link.beginPeriod(linkPeriodMillis);
    }
  }

  @Override
  public void emit(TelemetryBatch batch) {
    describe(batch);
    out.collect(batch);
  }

  @Override
  public void late(TelemetryBatch batch) {
    metrics.late.inc();
    OrderMetrics.OfTenant tenant = metrics.tenant(context.getCurrentKey());
    tenant.late.inc();
    LinkHealth link = link();
    if (link != null) {
      link.late++;
      describe(batch);
    }
    context.output(OrderTelemetryFunction.LATE, batch);
  }

  @Override
  public void keep(long key, TelemetryBatch batch) {
    try {
      pending.put(key, batch);
    } catch (Exception e) {
      throw new IllegalStateException("State \"pending\" cannot be written", e);
    }
  }

  @Override
  public TelemetryBatch take(long key) {
    TelemetryBatch batch;
    try {
      batch = pending.get(key);
      if (batch != null) {
        pending.remove(key);
      }
    } catch (Exception e) {
      throw new IllegalStateException("State \"pending\" cannot be read", e);
    }
    if (batch == null) {
      // Keys are hashes of what a device chose, and it can choose two that meet. Its own message is
      // gone; a failure would come again after each restart, for every tenant.
      sayThatOneIsGone();
      lost(1);
      return null;
    }
    metrics.reordered.inc();
    metrics.tenant(context.getCurrentKey()).reordered.inc();
    LinkHealth link = link();
    if (link != null) {
      link.reordered++;
    }
    return batch;
  }

  private void sayThatOneIsGone() {
    long now = System.nanoTime();
    if (now - saidNanos >= SAY_AGAIN_NANOS) {
      saidNanos = now;
      try (LogSubject subject = LogSubject.ofKey(context.getCurrentKey())) {
        LOG.warn(
            "Lost a message of asset {} that waited: another one was kept under the same hash. That hardly happens by"
                + " chance: look at what its devices send. Said once in a while, counted as lost each time.",
            subject.name());
      }
    }
  }

  @Override
  public void duplicate() {
    metrics.duplicates.inc();
    metrics.tenant(context.getCurrentKey()).duplicates.inc();
    LinkHealth link = link();
    if (link != null) {
      link.duplicated++;
    }
  }

  @Override
  public void lost(long messages) {
    metrics.lost.inc(messages);
    metrics.tenant(context.getCurrentKey()).lost.inc(messages);
    LinkHealth link = link();
    if (link != null) {
      link.lost += messages;
    }
  }

  @Override
  public void jump() {
    metrics.jumps.inc();
  }

  @Override
  public void overflow() {
    metrics.overflow.inc();
  }

  /** Says where the clock of a device that is live stands, at an ingest time. */
  void clock(long ingestMillis, long newestEventTimeMillis) {
    if (newestEventTimeMillis != Long.MIN_VALUE) {
      metrics.clock(ingestMillis - newestEventTimeMillis);
    }
  }

  /** What a report says about the device itself. */
  void describe(TelemetryBatch batch) {
    if (device.link != null) {
      device.link.assetClass = batch.asset().assetClass();
      device.link.backlog = batch.backlog();
    }
  }

  /** Health of the device at hand; null when nobody wants reports. */
  private LinkHealth link() {
    if (device.link == null && linkPeriodMillis > 0) {
      device.link = new LinkHealth(nowMillis + linkPeriodMillis);
    }
    return device.link;
  }
}
