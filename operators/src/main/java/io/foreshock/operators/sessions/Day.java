package io.foreshock.operators.sessions;

/** Sessions that began on one day, counted by what was told. */
final class Day {
  final long startMillis;
  final long endMillis;
  int starts;
  long operatingMillis;
  int revision;
  boolean changed;

  /**
   * @param startMillis midnight, inclusive
   * @param endMillis the next midnight, exclusive
   */
  Day(long startMillis, long endMillis) {
    this.startMillis = startMillis;
    this.endMillis = endMillis;
  }

  void count(int sessions, long durationMillis) {
    starts += sessions;
    operatingMillis += sessions * durationMillis;
    changed = true;
  }

  Day copy() {
    Day copy = new Day(startMillis, endMillis);
    copy.starts = starts;
    copy.operatingMillis = operatingMillis;
    copy.revision = revision;
    copy.changed = changed;
    return copy;
  }
}
