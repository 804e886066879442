package io.foreshock.operators.order;

/** How far one boot of one device has come. */
final class BootCursor {
  /**
   * Ranges of given-up numbers that are remembered. A number of a forgotten range that still
   * arrives counts as a repeat; it was counted as lost before.
   */
  private static final int MAX_MISSING = 16;

  /**
   * A gap larger than this may be no gap at all but one damaged number far ahead: it is counted
   * apart, and numbering may go back behind it.
   */
  static final long JUMP = 1_000;

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

  /** Whether the first of the waiting numbers is the next one expected. */
  boolean isNextHere() {
    return isWaiting() && pending.from(0) == next;
  }

  /**
   * Whether the number continues the numbering from before a jump after which nothing but the
   * number that jumped was seen: then that one was damaged, not this one.
   */
  boolean showsThatJumpWasWrong(long number) {
    int last = missing.size() - 1;
    return last >= 0
        && missing.from(last) <= number
        && missing.to(last) - number >= JUMP
        && missing.to(last) + 2 == next;
  }

  /** Takes the last jump back; the number is the next one expected. */
  void goBackTo(long number) {
    int last = missing.size() - 1;
    long first = missing.from(last);
    missing.removeRange(last);
    if (first < number) {
      missing.add(first, number - 1, 0);
    }
    next = number;
  }

  /** What it takes in memory, about; room to grow included. */
  long memoryBytes() {
    return 150 + 48L * (pending.size() + missing.size());
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
