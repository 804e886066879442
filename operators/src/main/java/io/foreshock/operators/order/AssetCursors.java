package io.foreshock.operators.order;

import java.util.ArrayList;
import java.util.List;

/** All that is kept per asset between messages: one small value. Changed in place. */
final class AssetCursors {
  /** {@link #timerMillis} while no timer is set. */
  static final long NO_TIMER = Long.MAX_VALUE;

  /** The one timer of the asset, on the ingest clock. */
  long timerMillis = NO_TIMER;

  /** Message ids that are remembered. */
  int idCount;

  /** Ingest time at which old message ids are swept out; {@code Long.MAX_VALUE} without ids. */
  long idSweepMillis = Long.MAX_VALUE;

  final List<DeviceCursor> devices = new ArrayList<>(1);

  /** Messages that wait; follows from the devices. */
  long pending;

  /** The device's cursor, or null. */
  DeviceCursor find(String device) {
    for (int i = 0; i < devices.size(); i++) {
      if (devices.get(i).device.equals(device)) {
        return devices.get(i);
      }
    }
    return null;
  }

  /** The device that has been silent for longest. */
  DeviceCursor longestSilent() {
    DeviceCursor longest = devices.get(0);
    for (DeviceCursor device : devices) {
      if (device.lastSeenMillis < longest.lastSeenMillis) {
        longest = device;
      }
    }
    return longest;
  }

  /** Ingest time of the next thing to do. */
  long deadline(OrderRules rules) {
    long deadline = idSweepMillis;
    for (int i = 0; i < devices.size(); i++) {
      DeviceCursor device = devices.get(i);
      deadline =
          Math.min(
              deadline,
              Math.min(
                  device.deadline(rules), device.lastSeenMillis + rules.cursorTtl().toMillis()));
    }
    return deadline;
  }

  boolean isEmpty() {
    return devices.isEmpty() && idCount == 0;
  }

  /** What it takes in memory, about. */
  long memoryBytes() {
    long bytes = 100;
    for (int i = 0; i < devices.size(); i++) {
      bytes += devices.get(i).memoryBytes();
    }
    return bytes;
  }

  AssetCursors copy() {
    AssetCursors copy = new AssetCursors();
    copy.timerMillis = timerMillis;
    copy.idCount = idCount;
    copy.idSweepMillis = idSweepMillis;
    copy.pending = pending;
    devices.forEach(device -> copy.devices.add(device.copy()));
    return copy;
  }
}
