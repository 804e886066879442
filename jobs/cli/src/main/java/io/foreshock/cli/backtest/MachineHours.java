package io.foreshock.cli.backtest;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** A set of hours for each machine; hours count from 1970 (UTC). */
final class MachineHours {
  static final long HOUR_MILLIS = 3_600_000L;

  private final Map<Integer, BitSet> hours = new TreeMap<>();
  private final int firstHour;

  /**
   * @param startMillis no hour before it is ever asked for as covered
   */
  MachineHours(long startMillis) {
    firstHour = hour(startMillis);
  }

  void add(int machine, long millis) {
    hours.computeIfAbsent(machine, m -> new BitSet()).set(hour(millis));
  }

  /** Adds every hour from the first to the last time, both included. */
  void addAll(int machine, long fromMillis, long toMillis) {
    hours.computeIfAbsent(machine, m -> new BitSet()).set(hour(fromMillis), hour(toMillis) + 1);
  }

  boolean contains(int machine, long millis) {
    BitSet of = hours.get(machine);
    return of != null && of.get(hour(millis));
  }

  long total() {
    return hours.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  boolean isEmpty() {
    return hours.isEmpty();
  }

  /** Earliest hour of the recording, as a time. */
  long startMillis() {
    return firstHour * HOUR_MILLIS;
  }

  private static int hour(long millis) {
    return Math.toIntExact(Math.floorDiv(millis, HOUR_MILLIS));
  }
}
