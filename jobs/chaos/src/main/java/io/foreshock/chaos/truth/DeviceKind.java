package io.foreshock.chaos.truth;

/** How a device behaves as a whole. */
public enum DeviceKind {
  /** Numbers its messages and is always online. */
  ONLINE,
  /** As {@link #ONLINE}, but is first met in the middle of a boot. */
  MET_LATE,
  /** Has no numbers; repeats are told by message id. */
  WITHOUT_NUMBERS,
  /** Was offline for three days, uploads them at once, then is online. */
  OFFLINE;

  /** Kind of the device with this number: of ten, six are online, two without numbers. */
  static DeviceKind of(int device) {
    return switch (device % 10) {
      case 3 -> MET_LATE;
      case 5, 6 -> WITHOUT_NUMBERS;
      case 8 -> OFFLINE;
      default -> ONLINE;
    };
  }
}
