package io.foreshock.backtest.score;

import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A set of hours for each asset; hours count from 1970 (UTC). */
public final class AssetHours {
  public static final long HOUR_MILLIS = 3_600_000L;

  private final Map<String, BitSet> hours = new TreeMap<>();
  private int firstHour;

  /**
   * @param startMillis when the recording begins, as far as is known; an earlier hour that is added
   *     makes it begin earlier. No hour before is ever asked for as covered
   */
  public AssetHours(long startMillis) {
    firstHour = hour(startMillis);
  }

  public void add(String asset, long millis) {
    int hour = hour(millis);
    hours.computeIfAbsent(asset, a -> new BitSet()).set(hour);
    firstHour = Math.min(firstHour, hour);
  }

  /** Adds every hour from the first to the last time, both included. */
  public void addAll(String asset, long fromMillis, long toMillis) {
    int from = hour(fromMillis);
    hours.computeIfAbsent(asset, a -> new BitSet()).set(from, hour(toMillis) + 1);
    firstHour = Math.min(firstHour, from);
  }

  public boolean contains(String asset, long millis) {
    BitSet of = hours.get(asset);
    return of != null && of.get(hour(millis));
  }

  /** Assets with at least one hour, in order. */
  SortedSet<String> assets() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(hours.keySet()));
  }

  /** The hours of an asset as spans of time, each hour from its begin to its end. */
  WatchedTime watched(String asset) {
    WatchedTime.Builder spans = new WatchedTime.Builder();
    BitSet of = hours.getOrDefault(asset, new BitSet());
    for (int from = of.nextSetBit(0); from >= 0; from = of.nextSetBit(of.nextClearBit(from))) {
      spans.add(from * HOUR_MILLIS, of.nextClearBit(from) * HOUR_MILLIS);
    }
    return spans.build();
  }

  public long total() {
    return hours.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  public boolean isEmpty() {
    return hours.isEmpty();
  }

  /** Earliest hour of the recording, as a time. */
  public long startMillis() {
    return firstHour * HOUR_MILLIS;
  }

  private static int hour(long millis) {
    return Math.toIntExact(Math.floorDiv(millis, HOUR_MILLIS));
  }
}
