package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;

/**
 * Brings the numbered messages of a device into their order. Knows no Flink; all state is in the
 * cursors that it is given.
 *
 * <ul>
 *   <li>The next expected number passes at once; numbers count from 0 in each boot.
 *   <li>A number beyond it waits, with all that follow, until the gap is filled, the gap's time is
 *       up, or too many wait.
 *   <li>A number before it is a repeat, or late when its gap was given up. Of a late message the
 *       empty rest is passed on at once: it is no part of the order, but tells that the device is
 *       alive. A repeat tells nothing: whatever lies between device and job may have repeated it.
 *   <li>A jump that the following messages disprove is taken back: one damaged number must not make
 *       all later ones late.
 *   <li>Another boot's messages wait while the active boot has an open gap or their own start is
 *       missing, then it takes over. A boot whose content lies behind what was passed on does not
 *       take over: it is late.
 * </ul>
 *
 * <p>A deadline is over for a message that was appended after it, whether or not the timer has
 * fired yet, so that the outcome depends on the records and not on when the watermark moved.
 */
final class Sequencer {
  private final OrderRules rules;
  private final long maxWaitMillis;
  private final long bootWaitMillis;
  private final Outlet outlet;
  private final InOrder inOrder;

  Sequencer(OrderRules rules, Outlet outlet, InOrder inOrder) {
    this.rules = rules;
    this.maxWaitMillis = rules.maxWait().toMillis();
    this.bootWaitMillis = rules.bootWait().toMillis();
    this.outlet = outlet;
    this.inOrder = inOrder;
  }

  void accept(AssetCursors asset, DeviceCursor device, TelemetryBatch batch) {
    long boot = StableHash.of(batch.bootId());
    if (device.active == null) {
      device.active = new BootCursor(boot);
      device.active.joining = true;
    }
    if (device.active.boot == boot) {
      acceptActive(asset, device, batch);
      return;
    }
    BootCursor waiting = DeviceCursor.find(device.waiting, boot);
    if (waiting == null) {
      acceptOther(asset, device, boot, batch);
    } else {
      acceptWaiting(asset, device, waiting, batch);
    }
  }

  /** Passes on what waits until the given ingest time at most. */
  void release(AssetCursors asset, DeviceCursor device, long untilMillis) {
    while (device.active != null) {
      BootCursor active = device.active;
      boolean overflow = asset.pending > rules.maxPending();
      if (active.isWaiting()) {
        if (active.pending.from(0) != active.next) {
          if (!overflow && active.pending.earliest() + maxWaitMillis > untilMillis) {
            return;
          }
          if (!overflow) {
            outlet.at(active.pending.earliest() + maxWaitMillis);
          }
          giveUpGap(active, overflow);
        }
        passOnRange(asset, device, active);
      } else if (device.waiting.isEmpty()) {
        return;
      } else {
        boolean atOnce = bootWaitMillis == 0 && device.waiting.get(0).isNextHere();
        if (!overflow && !atOnce && device.takeoverMillis(rules) > untilMillis) {
          return;
        }
        if (!overflow && !atOnce) {
          outlet.at(device.takeoverMillis(rules));
        }
        device.activate(device.waiting.remove(0));
      }
    }
  }

  private void acceptActive(AssetCursors asset, DeviceCursor device, TelemetryBatch batch) {
    BootCursor active = device.active;
    long number = batch.sequence();
    if (number < active.next && active.showsThatJumpWasWrong(number) && isAhead(device, batch)) {
      active.goBackTo(number);
    }
    if (number == active.next) {
      active.next++;
      active.joining = false;
      inOrder.pass(device, batch);
    } else if (number < active.next) {
      lateOrRepeat(active, batch);
      return;
    } else if (!keep(asset, device, active, batch)) {
      return;
    }
    if (active.isWaiting() || !device.waiting.isEmpty()) {
      release(asset, device, batch.appendTimeMillis() - 1);
    }
  }

  private void acceptWaiting(
      AssetCursors asset, DeviceCursor device, BootCursor waiting, TelemetryBatch batch) {
    if (batch.sequence() < waiting.next) {
      lateOrRepeat(waiting, batch);
    } else if (keep(asset, device, waiting, batch)) {
      device.queue(waiting);
      release(asset, device, batch.appendTimeMillis() - 1);
    }
  }

  /** A boot that is neither active nor waiting: a new one, or one that was active before. */
  private void acceptOther(
      AssetCursors asset, DeviceCursor device, long boot, TelemetryBatch batch) {
    BootCursor known = DeviceCursor.find(device.previous, boot);
    long number = batch.sequence();
    if (known != null && number < known.next) {
      lateOrRepeat(known, batch);
      return;
    }
    if (known == null ? inOrder.isBehind(device, batch) : !isAhead(device, batch)) {
      BootCursor former = known == null ? new BootCursor(boot) : known;
      if (known == null) {
        device.remember(former);
      }
      former.skipTo(number);
      former.next++;
      late(batch);
      return;
    }
    device.previous.remove(known);
    BootCursor next = known == null ? new BootCursor(boot) : known;
    if (bootWaitMillis == 0
        && number == next.next
        && !device.active.isWaiting()
        && device.waiting.isEmpty()) {
      device.activate(next);
      acceptActive(asset, device, batch);
    } else {
      acceptWaiting(asset, device, next, batch);
    }
  }

  /** Whether the content goes on from what was passed on; a heartbeat cannot tell. */
  private boolean isAhead(DeviceCursor device, TelemetryBatch batch) {
    return batch.newestEventTimeMillis() != Long.MIN_VALUE && !inOrder.isBehind(device, batch);
  }

  /** False when the number waits already. */
  private boolean keep(
      AssetCursors asset, DeviceCursor device, BootCursor boot, TelemetryBatch batch) {
    long number = batch.sequence();
    if (boot.pending.contains(number)) {
      outlet.duplicate();
      return false;
    }
    boot.pending.add(number, number, batch.appendTimeMillis());
    if (boot.next == 0) {
      boot.oldestWaiting = Math.min(boot.oldestWaiting, batch.oldestEventTimeMillis());
    }
    asset.pending++;
    outlet.keep(key(device, boot, number), batch);
    return true;
  }

  private void giveUpGap(BootCursor active, boolean overflow) {
    long gap = active.skipTo(active.pending.from(0));
    if (overflow) {
      outlet.overflow();
    }
    // A device that is met in the middle of its boot has lost nothing.
    if (active.joining) {
      return;
    }
    if (gap > BootCursor.JUMP) {
      outlet.jump();
    } else {
      outlet.lost(gap);
    }
  }

  private void passOnRange(AssetCursors asset, DeviceCursor device, BootCursor active) {
    long last = active.pending.to(0);
    active.pending.removeRange(0);
    active.joining = false;
    active.oldestWaiting = Long.MAX_VALUE;
    while (active.next <= last) {
      TelemetryBatch batch = outlet.take(key(device, active, active.next));
      active.next++;
      asset.pending--;
      if (batch != null) {
        inOrder.pass(device, batch);
      }
    }
  }

  private void lateOrRepeat(BootCursor boot, TelemetryBatch batch) {
    if (boot.missing.remove(batch.sequence())) {
      late(batch);
    } else {
      outlet.duplicate();
    }
  }

  private void late(TelemetryBatch batch) {
    outlet.late(batch);
    outlet.emit(BatchSplit.at(batch, Long.MAX_VALUE).rest());
  }

  private static long key(DeviceCursor device, BootCursor boot, long number) {
    return StableHash.of(StableHash.of(StableHash.of(device.device), boot.boot), number);
  }
}
