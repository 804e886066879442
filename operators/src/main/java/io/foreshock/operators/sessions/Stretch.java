package io.foreshock.operators.sessions;

/** Time during which an asset runs without a pause longer than the gap. */
final class Stretch {
  /** First and last moment that shows it running. */
  long startMillis;

  long endMillis;

  /** Of all moments since the start, those after the end included. */
  Sums sums;

  /** The same as it stood at the end; null when nothing came after it. */
  Sums untilEnd;

  boolean approximate;

  Stretch(long startMillis) {
    this.startMillis = startMillis;
    this.endMillis = startMillis;
    this.sums = new Sums();
  }

  /** What belongs to it: what came after the end does not. */
  Sums ownSums() {
    return untilEnd == null ? sums : untilEnd;
  }

  boolean touches(long fromMillis, long toMillis, long gapMillis) {
    return fromMillis - endMillis <= gapMillis && startMillis - toMillis <= gapMillis;
  }

  void merge(Stretch other, SessionRule rule) {
    boolean exact = sums.merge(other.ownSums(), rule);
    if (untilEnd != null) {
      if (other.endMillis > endMillis) {
        untilEnd = null;
      } else {
        untilEnd.merge(other.ownSums(), rule);
      }
    }
    approximate |= other.approximate | !exact;
    startMillis = Math.min(startMillis, other.startMillis);
    endMillis = Math.max(endMillis, other.endMillis);
  }

  Stretch copy() {
    Stretch copy = new Stretch(startMillis);
    copy.endMillis = endMillis;
    copy.sums = sums.copy();
    copy.untilEnd = untilEnd == null ? null : untilEnd.copy();
    copy.approximate = approximate;
    return copy;
  }
}
