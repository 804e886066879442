package io.foreshock.operators.order;

/** How far one boot of one device has come. */
final class BootCursor {
  /**
   * Ranges of given-up numbers that are remembered. A number of a forgotten range that still
   * arrives counts as a repeat; it was counted as lost before.
   */
  private static final int MAX_MISSING = 16;

  /** Hash of the boot id. */
  final long boot;

  /** Smallest number that was neither processed nor given up. */
  long next;

  /** True until something was processed, when the device itself was not known before. */
  boolean joining;

  /** Oldest event time that waits, while nothing was processed; orders boots among each other. */
  long oldestWaiting = Long.MAX_VALUE;

  /** Numbers above {@link #next} that wait for those before them. */
  NumberRanges pending = new NumberRanges();

  /** Numbers below {@link #next} that never came. */
  NumberRanges missing = new NumberRanges();

  BootCursor(long boot) {
    this.boot = boot;
  }

  boolean isWaiting() {
    return !pending.isEmpty();
  }

  /** Moves on to a number; those in between are missing. Returns how many. */
  long skipTo(long number) {
    long gap = number - next;
    if (gap > 0) {
      missing.add(next, number - 1, 0);
      if (missing.size() > MAX_MISSING) {
        missing.removeRange(0);
      }
      next = number;
    }
    return gap;
  }

  BootCursor copy() {
    BootCursor copy = new BootCursor(boot);
    copy.next = next;
    copy.joining = joining;
    copy.oldestWaiting = oldestWaiting;
    copy.pending = pending.copy();
    copy.missing = missing.copy();
    return copy;
  }
}
