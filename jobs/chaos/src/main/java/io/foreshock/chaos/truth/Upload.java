package io.foreshock.chaos.truth;

import java.util.function.Consumer;

/** What a device has kept while it was offline, oldest first. Not thread-safe. */
public final class Upload {
  private final DeviceScript device;

  Upload(DeviceScript device) {
    this.device = device;
  }

  /** Hands out the next message; false when there is none left. */
  public boolean next(Consumer<Outgoing> out) {
    if (!device.hasBacklog()) {
      return false;
    }
    device.next(out);
    return true;
  }
}
