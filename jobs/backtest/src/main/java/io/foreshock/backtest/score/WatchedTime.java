package io.foreshock.backtest.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** When an asset was watched: disjoint spans of time, each from its begin up to before its end. */
public final class WatchedTime {
  private static final WatchedTime NEVER = new WatchedTime(new long[0], new long[0]);

  private final long[] from;
  private final long[] to;

  /** Watched milliseconds before each span. */
  private final long[] before;

  private final long total;

  private WatchedTime(long[] from, long[] to) {
    this.from = from;
    this.to = to;
    before = new long[from.length];
    long sum = 0;
    for (int i = 0; i < from.length; i++) {
      before[i] = sum;
      sum += to[i] - from[i];
    }
    total = sum;
  }

  /** An asset that nobody watched. */
  public static WatchedTime never() {
    return NEVER;
  }

  /** One span. */
  public static WatchedTime between(long fromMillis, long toMillis) {
    return new Builder().add(fromMillis, toMillis).build();
  }

  /** Milliseconds of all spans together. */
  public long totalMillis() {
    return total;
  }

  public double hours() {
    return total / (double) Score.HOUR_MILLIS;
  }

  public boolean contains(long millis) {
    int i = span(millis);
    return i >= 0 && millis < to[i];
  }

  /** The first watched time; {@code Long.MAX_VALUE} when there is none. */
  public long firstMillis() {
    return from.length == 0 ? Long.MAX_VALUE : from[0];
  }

  /** The end of the last span; {@code Long.MIN_VALUE} when there is none. */
  public long lastMillis() {
    return to.length == 0 ? Long.MIN_VALUE : to[to.length - 1];
  }

  /** Hands over each span, by time. */
  public void forEach(SpanReader reader) {
    for (int i = 0; i < from.length; i++) {
      reader.read(from[i], to[i]);
    }
  }

  /** Takes a span: its begin, and its end, which is not part of it. */
  @FunctionalInterface
  public interface SpanReader {
    void read(long fromMillis, long toMillis);
  }

  /**
   * The time at which the asset has been watched for so long.
   *
   * @param watchedMillis from 0 to below {@link #totalMillis}
   */
  public long after(long watchedMillis) {
    int found = Arrays.binarySearch(before, watchedMillis);
    int i = found >= 0 ? found : -found - 2;
    return from[i] + watchedMillis - before[i];
  }

  /** The last span that begins at or before the time; -1 when there is none. */
  private int span(long millis) {
    int found = Arrays.binarySearch(from, millis);
    return found >= 0 ? found : -found - 2;
  }

  /** Collects spans in order of time; spans that touch or overlap become one. */
  public static final class Builder {
    private final List<long[]> spans = new ArrayList<>();

    /**
     * @throws IllegalArgumentException when the span ends before it begins, or begins before the
     *     one added last
     */
    public Builder add(long fromMillis, long toMillis) {
      long[] last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      if (toMillis < fromMillis || last != null && fromMillis < last[0]) {
        throw new IllegalArgumentException(
            "Spans must come in order of time, but %d..%d does not."
                .formatted(fromMillis, toMillis));
      }
      if (last != null && fromMillis <= last[1]) {
        last[1] = Math.max(last[1], toMillis);
      } else if (toMillis > fromMillis) {
        spans.add(new long[] {fromMillis, toMillis});
      }
      return this;
    }

    public WatchedTime build() {
      return new WatchedTime(
          spans.stream().mapToLong(span -> span[0]).toArray(),
          spans.stream().mapToLong(span -> span[1]).toArray());
    }
  }
}
