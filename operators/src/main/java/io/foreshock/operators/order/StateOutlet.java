package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Outlet onto Flink: collector, side output, state of the current key, counters. */
final class StateOutlet implements Outlet {
  private final MapState<Long, TelemetryBatch> pending;
  private final OrderMetrics metrics;

  private KeyedProcessFunction<String, TelemetryBatch, TelemetryBatch>.Context context;
  private Collector<TelemetryBatch> out;

  StateOutlet(MapState<Long, TelemetryBatch> pending, OrderMetrics metrics) {
    this.pending = pending;
    this.metrics = metrics;
  }

  /** Before each element and timer. */
  void bind(
      KeyedProcessFunction<String, TelemetryBatch, TelemetryBatch>.Context context,
      Collector<TelemetryBatch> out) {
    this.context = context;
    this.out = out;
  }

  @Override
  public void emit(TelemetryBatch batch) {
    out.collect(batch);
  }

  @Override
  public void late(TelemetryBatch batch) {
    metrics.late.inc();
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
    try {
      TelemetryBatch batch = pending.get(key);
      if (batch == null) {
        throw new IllegalStateException(
            "State \"pending\" lacks a batch that \"cursors\" counts on: the two are from different savepoints");
      }
      pending.remove(key);
      metrics.reordered.inc();
      return batch;
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("State \"pending\" cannot be read", e);
    }
  }

  @Override
  public void duplicate() {
    metrics.duplicates.inc();
  }

  @Override
  public void lost(long messages) {
    metrics.lost.inc(messages);
  }

  @Override
  public void jump() {
    metrics.jumps.inc();
  }

  @Override
  public void overflow() {
    metrics.overflow.inc();
  }
}
