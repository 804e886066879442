package io.foreshock.backtest.page;

import java.util.Arrays;

/**
 * One channel of one machine: the smallest and the largest reading of each stretch of time, at
 * their own times, so that no peak is lost.
 */
final class Track {
  private final String channel;
  private final String unit;
  private final Stretches stretches;
  private long[] times = new long[64];
  private double[] values = new double[64];
  private int size;
  private boolean ordered = true;
  private long readings;

  private long stretch = Long.MIN_VALUE;
  private long lowTime;
  private long highTime;
  private double low;
  private double high;

  Track(String channel, String unit, Stretches stretches) {
    this.channel = channel;
    this.unit = unit;
    this.stretches = stretches;
  }

  void add(long timeMillis, double value) {
    readings++;
    long start = stretches.startOf(timeMillis);
    if (start != stretch) {
      closeStretch();
      stretch = start;
      lowTime = timeMillis;
      highTime = timeMillis;
      low = value;
      high = value;
    } else if (value < low) {
      low = value;
      lowTime = timeMillis;
    } else if (value > high) {
      high = value;
      highTime = timeMillis;
    }
  }

  /** What is drawn, by time. */
  Points points() {
    closeStretch();
    stretch = Long.MIN_VALUE;
    if (!ordered) {
      sort();
    }
    return new Points(
        Arrays.copyOf(times, size), Arrays.copyOf(values, size), size < readings, gapMillis());
  }

  String channel() {
    return channel;
  }

  String unit() {
    return unit;
  }

  /** Readings that were added. */
  long readings() {
    return readings;
  }

  /**
   * What is drawn of a channel.
   *
   * @param thinned true when there were more readings
   * @param gapMillis a longer time between two points is a gap in the recording
   */
  record Points(long[] times, double[] values, boolean thinned, long gapMillis) {}

  private void closeStretch() {
    if (stretch == Long.MIN_VALUE) {
      return;
    }
    boolean lowFirst = lowTime <= highTime;
    keep(lowFirst ? lowTime : highTime, lowFirst ? low : high);
    if (low != high) {
      keep(lowFirst ? highTime : lowTime, lowFirst ? high : low);
    }
  }

  private void keep(long time, double value) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    ordered &= size == 0 || time >= times[size - 1];
    times[size] = time;
    values[size] = value;
    size++;
  }

  private void sort() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
    long[] sortedTimes = new long[size];
    double[] sortedValues = new double[size];
    for (int i = 0; i < size; i++) {
      sortedTimes[i] = times[order[i]];
      sortedValues[i] = values[order[i]];
    }
    times = sortedTimes;
    values = sortedValues;
    ordered = true;
  }

  /** Six times what usually lies between two points, and never less than a stretch has room for. */
  private long gapMillis() {
    if (size < 3) {
      return Long.MAX_VALUE / 4;
    }
    long[] steps = new long[size - 1];
    for (int i = 1; i < size; i++) {
      steps[i - 1] = times[i] - times[i - 1];
    }
    Arrays.sort(steps);
    return Math.max(6 * Math.max(1, steps[steps.length / 2]), 3 * stretches.coarseMillis());
  }
}
