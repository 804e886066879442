package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;

/**
 * The last step of a batch that is in its place: items that lie too far behind the newest of the
 * device take the late route, the rest goes on, even when nothing is left: the message itself is in
 * time, and tells that the device is alive.
 */
final class InOrder {
  private final long lateAfterMillis;
  private final Outlet outlet;

  InOrder(OrderRules rules, Outlet outlet) {
    this.lateAfterMillis = rules.lateAfter().toMillis();
    this.outlet = outlet;
  }

  void pass(DeviceCursor device, TelemetryBatch batch) {
    long newest = device.newestEventTimeMillis;
    if (newest != Long.MIN_VALUE && batch.oldestEventTimeMillis() < newest - lateAfterMillis) {
      BatchSplit split = BatchSplit.at(batch, newest - lateAfterMillis);
      outlet.late(split.behind());
      outlet.emit(split.rest());
    } else {
      outlet.emit(batch);
    }
    device.newestEventTimeMillis = Math.max(newest, batch.newestEventTimeMillis());
  }

  /** Whether everything in the batch would take the late route. Never for a heartbeat. */
  boolean isBehind(DeviceCursor device, TelemetryBatch batch) {
    long newest = batch.newestEventTimeMillis();
    return newest != Long.MIN_VALUE
        && device.newestEventTimeMillis != Long.MIN_VALUE
        && newest < device.newestEventTimeMillis - lateAfterMillis;
  }
}
