package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;

/**
 * Sorts the messages of a device that does not number them: each is held until the device's newest
 * event time is ahead of it by the disorder bound, its time is up, or too many wait. Repeats are
 * found before, by message id.
 */
final class EventTimeSorter {
  private final OrderRules rules;
  private final long maxWaitMillis;
  private final long disorderBoundMillis;
  private final Outlet outlet;
  private final InOrder inOrder;

  EventTimeSorter(OrderRules rules, Outlet outlet, InOrder inOrder) {
    this.rules = rules;
    this.maxWaitMillis = rules.maxWait().toMillis();
    this.disorderBoundMillis = rules.disorderBound().toMillis();
    this.outlet = outlet;
    this.inOrder = inOrder;
  }

  /**
   * @param id hash of device and message id
   */
  void accept(AssetCursors asset, DeviceCursor device, TelemetryBatch batch, long id) {
    long newest = batch.newestEventTimeMillis();
    if (disorderBoundMillis == 0 || newest == Long.MIN_VALUE) {
      inOrder.pass(device, batch);
      return;
    }
    if (device.held.contains(id)) {
      // Its id was forgotten while it waits: too many ids, or a time to live shorter than the wait.
      outlet.duplicate();
      return;
    }
    device.held.newestEventTimeMillis =
        Math.max(Math.max(device.held.newestEventTimeMillis, device.newestEventTimeMillis), newest);
    device.held.add(
        new HeldMessages.Held(batch.oldestEventTimeMillis(), id, batch.appendTimeMillis()));
    asset.pending++;
    outlet.keep(id, batch);
    release(asset, device, batch.appendTimeMillis() - 1);
  }

  /** Passes on what waits until the given ingest time at most. */
  void release(AssetCursors asset, DeviceCursor device, long untilMillis) {
    HeldMessages held = device.held;
    while (!held.isEmpty()) {
      boolean overflow = asset.pending > rules.maxPending();
      long ripe = held.newestEventTimeMillis - disorderBoundMillis;
      if (held.get(0).oldestEventTimeMillis() > ripe
          && held.earliest() + maxWaitMillis > untilMillis) {
        if (!overflow) {
          return;
        }
        outlet.overflow();
      } else if (held.get(0).oldestEventTimeMillis() > ripe) {
        outlet.at(held.earliest() + maxWaitMillis);
      }
      asset.pending--;
      TelemetryBatch batch = outlet.take(held.removeFirst().key());
      if (batch != null) {
        inOrder.pass(device, batch);
      }
    }
  }
}
