package io.foreshock.operators.order;

import java.util.ArrayList;
import java.util.List;

/** How far one device of an asset has come. */
final class DeviceCursor {
  /**
   * Boots that are remembered after another one took over. A repeat from a boot that is forgotten
   * comes out once more, as late when it lies behind what was passed on.
   */
  private static final int MAX_PREVIOUS = 16;

  /** The device's id; empty when it is the asset's own. */
  final String device;

  /** Ingest time of the newest message. */
  long lastSeenMillis = Long.MIN_VALUE;

  /** Newest event time that was passed on; {@code Long.MIN_VALUE} before the first. */
  long newestEventTimeMillis = Long.MIN_VALUE;

  /** The boot that is being processed; null while the device sent nothing with a number. */
  BootCursor active;

  /** Boots that wait for the active one to be complete, oldest content first. */
  final List<BootCursor> waiting = new ArrayList<>(0);

  /** Boots before the active one, most recently used last. */
  final List<BootCursor> previous = new ArrayList<>(0);

  /** Messages without number that wait to be sorted. */
  HeldMessages held = new HeldMessages();

  /** What went wrong on the way since the last report; null when nothing did. */
  LinkHealth link;

  DeviceCursor(String device) {
    this.device = device;
  }

  static BootCursor find(List<BootCursor> boots, long boot) {
    for (int i = 0; i < boots.size(); i++) {
      if (boots.get(i).boot == boot) {
        return boots.get(i);
      }
    }
    return null;
  }

  /** The active boot is over, the given one continues. */
  void activate(BootCursor boot) {
    remember(active);
    active = boot;
  }

  void remember(BootCursor boot) {
    if (previous.size() == MAX_PREVIOUS) {
      previous.remove(0);
    }
    previous.add(boot);
  }

  /**
   * Queues a boot by its oldest content; one that is older than an untouched active one goes first.
   */
  void queue(BootCursor boot) {
    waiting.remove(boot);
    if (active.joining && boot.oldestWaiting < active.oldestWaiting) {
      active.joining = false;
      boot.joining = true;
      BootCursor younger = active;
      active = boot;
      queueByAge(younger);
    } else {
      queueByAge(boot);
    }
  }

  private void queueByAge(BootCursor boot) {
    int place = waiting.size();
    while (place > 0 && waiting.get(place - 1).oldestWaiting > boot.oldestWaiting) {
      place--;
    }
    waiting.add(place, boot);
  }

  /** Messages that wait. */
  long pendingCount() {
    long count = held.size();
    if (active != null) {
      count += active.pending.count();
    }
    for (int i = 0; i < waiting.size(); i++) {
      count += waiting.get(i).pending.count();
    }
    return count;
  }

  /** Ingest time at which something must happen even if nothing arrives, expiry apart. */
  long deadline(OrderRules rules) {
    long deadline = link == null ? Long.MAX_VALUE : link.dueMillis;
    if (!held.isEmpty()) {
      deadline = Math.min(deadline, held.earliest() + rules.maxWait().toMillis());
    }
    if (active != null && active.isWaiting()) {
      deadline = Math.min(deadline, active.pending.earliest() + rules.maxWait().toMillis());
    } else if (!waiting.isEmpty()) {
      deadline = Math.min(deadline, takeoverMillis(rules));
    }
    return deadline;
  }

  /**
   * Ingest time at which the first waiting boot takes over from an active one without gap. One
   * whose start is missing waits as for any gap: it may be a damaged boot id, and the active boot
   * goes on.
   */
  long takeoverMillis(OrderRules rules) {
    BootCursor first = waiting.get(0);
    return first.pending.earliest()
        + (first.isNextHere() ? rules.bootWait() : rules.maxWait()).toMillis();
  }

  /** What it takes in memory, about. */
  long memoryBytes() {
    long bytes = 260 + 2L * device.length() + 56L * held.size();
    if (active != null) {
      bytes += active.memoryBytes();
    }
    for (int i = 0; i < waiting.size(); i++) {
      bytes += waiting.get(i).memoryBytes();
    }
    for (int i = 0; i < previous.size(); i++) {
      bytes += previous.get(i).memoryBytes();
    }
    return bytes;
  }

  DeviceCursor copy() {
    DeviceCursor copy = new DeviceCursor(device);
    copy.lastSeenMillis = lastSeenMillis;
    copy.newestEventTimeMillis = newestEventTimeMillis;
    copy.active = active == null ? null : active.copy();
    waiting.forEach(boot -> copy.waiting.add(boot.copy()));
    previous.forEach(boot -> copy.previous.add(boot.copy()));
    copy.held = held.copy();
    copy.link = link == null ? null : link.copy();
    return copy;
  }
}
