package io.foreshock.chaos.truth;

/**
 * What goes wrong with one message of a device, or beside it. Shares are of messages.
 *
 * <p>Each has an outcome that follows from the contract of decode and order alone; what is left to
 * chance there (a message that comes when its gap was just given up) is settled by the broker's
 * append times, see {@link Truth}.
 */
public enum Disturbance {
  /** The message never reaches the broker: the device waits, then goes on without it. */
  LOST(0.006, true),
  /** The same record once more, at once. */
  REPEATED_AT_ONCE(0.010, false),
  /** The same record once more, some messages later; possibly over a restart of the device. */
  REPEATED_LATER(0.006, false),
  /** The message overtakes the one before it. */
  SWAPPED(0.012, true),
  /** The device restarts: another boot id, numbers from 0. */
  RESTARTED(0.004, true),
  /** One more reading, dated ahead by hours: a dead letter; the rest counts. */
  FUTURE_READING(0.006, false),
  /** One more reading outside its channel's range: a dead letter; the rest counts. */
  OUT_OF_RANGE(0.004, false),
  /** One more reading, dated back by months: it is late; the rest counts. */
  OLD_READING(0.004, false),
  /** The message breaks the contract: a dead letter, and an empty message keeps its place. */
  BROKEN_CONTRACT(0.004, true),
  /** Beside the message, a record that is no message. */
  UNREADABLE(0.004, false),
  /** Beside the message, a record that claims another tenant. */
  WRONG_TENANT(0.002, false);

  private static final Disturbance[] ALL = values();

  private final double share;
  private final boolean changesContent;

  Disturbance(double share, boolean changesContent) {
    this.share = share;
    this.changesContent = changesContent;
  }

  /**
   * What happens to a message, or null for nothing.
   *
   * @param draw from 0 to 1
   * @param matters whether a detection depends on the message; then it arrives whole and in its
   *     place
   */
  static Disturbance of(double draw, boolean matters) {
    double sum = 0;
    for (Disturbance disturbance : ALL) {
      sum += disturbance.share;
      if (draw < sum) {
        return matters && disturbance.changesContent ? null : disturbance;
      }
    }
    return null;
  }
}
