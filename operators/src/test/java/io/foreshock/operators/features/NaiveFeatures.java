package io.foreshock.operators.features;

import io.foreshock.model.Measurement;
import io.foreshock.operators.features.definition.Aggregate;
import io.foreshock.operators.features.definition.FeatureColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The columns of one row, computed of all readings of their windows in a second way. */
final class NaiveFeatures {
  private static final double MILLIS_PER_HOUR = 3_600_000.0;

  private final List<Measurement> all;
  private final SliceLevels levels;
  private final long rowMillis;

  NaiveFeatures(List<Measurement> all, SliceLevels levels, long rowMillis) {
    this.all = all;
    this.levels = levels;
    this.rowMillis = rowMillis;
  }

  /** Rounding for most; the documented bound for percentiles. */
  double tolerance(FeatureColumn column, double expected) {
    return column.aggregate().kind() == Aggregate.Kind.PERCENTILE
        ? Math.abs(expected) * 0.008 + 1e-12
        : Math.abs(expected) * 1e-9 + 1e-9;
  }

  double value(FeatureColumn column) {
    long begin = levels.begin(rowMillis, column.window().toMillis());
    List<Measurement> in = new ArrayList<>();
    for (Measurement reading : all) {
      if (reading.channel().equals(column.source().name())
          && reading.eventTimeMillis() >= begin
          && reading.eventTimeMillis() < rowMillis) {
        in.add(reading);
      }
    }
    Aggregate aggregate = column.aggregate();
    if (aggregate.kind() == Aggregate.Kind.COUNT) {
      return in.size();
    }
    if (in.isEmpty()) {
      return Double.NaN;
    }
    double[] values = in.stream().mapToDouble(Measurement::value).sorted().toArray();
    double mean = Arrays.stream(values).sum() / values.length;
    return switch (aggregate.kind()) {
      case MEAN -> mean;
      case MIN -> values[0];
      case MAX -> values[values.length - 1];
      case STD ->
          values.length < 2
              ? Double.NaN
              : Math.sqrt(
                  Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
                      / (values.length - 1));
      case SLOPE -> slope(in, mean);
      case PERCENTILE ->
          values[(int) Math.max(0, Math.ceil(aggregate.parameter() / 100 * values.length) - 1)];
      case TIME_ABOVE, TIME_BELOW, ENERGY -> overTime(in, aggregate);
      default -> throw new IllegalArgumentException(column.name());
    };
  }

  private static double slope(List<Measurement> in, double mean) {
    double middle = in.stream().mapToLong(Measurement::eventTimeMillis).average().orElseThrow();
    double spread = 0;
    double together = 0;
    for (Measurement reading : in) {
      double away = reading.eventTimeMillis() - middle;
      spread += away * away;
      together += away * (reading.value() - mean);
    }
    return spread == 0 ? Double.NaN : together / spread * MILLIS_PER_HOUR;
  }

  /** As documented: evenly inside of a finest slice, bridged between slices. */
  private double overTime(List<Measurement> in, Aggregate aggregate) {
    List<Measurement> sorted = new ArrayList<>(in);
    sorted.sort(
        Comparator.comparingLong(Measurement::eventTimeMillis)
            .thenComparingDouble(Measurement::value));
    double total = 0;
    int i = 0;
    Measurement previous = null;
    while (i < sorted.size()) {
      Measurement first = sorted.get(i);
      long slice = first.eventTimeMillis() / levels.length(0);
      int beyond = 0;
      double sum = 0;
      int count = 0;
      Measurement last = first;
      for (;
          i < sorted.size() && sorted.get(i).eventTimeMillis() / levels.length(0) == slice;
          i++) {
        last = sorted.get(i);
        beyond += holds(aggregate, last.value()) ? 1 : 0;
        sum += last.value();
        count++;
      }
      long span = last.eventTimeMillis() - first.eventTimeMillis();
      boolean energy = aggregate.kind() == Aggregate.Kind.ENERGY;
      total +=
          energy
              ? sum / count * span / MILLIS_PER_HOUR
              : Math.round((double) span * beyond / count) / 1_000.0;
      if (previous != null) {
        long gap = first.eventTimeMillis() - previous.eventTimeMillis();
        if (gap <= aggregate.gap().toMillis()) {
          total +=
              energy
                  ? (previous.value() + first.value()) / 2 * gap / MILLIS_PER_HOUR
                  : holds(aggregate, previous.value()) ? gap / 1_000.0 : 0;
        }
      }
      previous = last;
    }
    return total;
  }

  private static boolean holds(Aggregate aggregate, double value) {
    return switch (aggregate.kind()) {
      case TIME_ABOVE -> value > aggregate.parameter();
      case TIME_BELOW -> value < aggregate.parameter();
      default -> false;
    };
  }
}
