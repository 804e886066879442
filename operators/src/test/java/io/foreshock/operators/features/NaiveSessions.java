package io.foreshock.operators.features;

import io.foreshock.model.Measurement;
import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.SessionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Columns of sessions, computed of all readings of their windows in a second way. */
final class NaiveSessions {
  private static final double MILLIS_PER_HOUR = 3_600_000.0;

  private final List<Measurement> all;
  private final SliceLevels levels;
  private final long rowMillis;

  NaiveSessions(List<Measurement> all, SliceLevels levels, long rowMillis) {
    this.all = all;
    this.levels = levels;
    this.rowMillis = rowMillis;
  }

  /** What one finest slice says: when it ran, and the mean of what was measured. */
  private static final class Slice {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    double sum;
    int values;

    double mean() {
      return sum / values;
    }
  }

  double value(FeatureColumn column) {
    SessionSource source = column.source().sessions();
    long begin = levels.begin(rowMillis, column.window().toMillis());
    TreeMap<Long, Slice> slices = new TreeMap<>();
    int readings = 0;
    int values = 0;
    for (Measurement reading : all) {
      long time = reading.eventTimeMillis();
      if (time >= begin && time < rowMillis) {
        readings++;
        Slice slice = slices.computeIfAbsent(time / levels.length(0), s -> new Slice());
        boolean runs =
            source.running().stream()
                .anyMatch(
                    r -> r.channel().equals(reading.channel()) && reading.value() > r.above());
        if (runs) {
          slice.first = Math.min(slice.first, time);
          slice.last = Math.max(slice.last, time);
        }
        if (reading.channel().equals(source.measure())) {
          slice.sum += reading.value();
          slice.values++;
          values++;
        }
      }
    }
    List<double[]> sessions = sessions(slices, source);
    boolean open =
        !sessions.isEmpty()
            && rowMillis - sessions.get(sessions.size() - 1)[1] <= source.gap().toMillis();
    List<double[]> over = open ? sessions.subList(0, sessions.size() - 1) : sessions;
    double seconds = over.stream().mapToDouble(s -> (s[1] - s[0]) / 1_000).sum();
    double energy = over.stream().mapToDouble(s -> s[2]).sum();
    return switch (column.aggregate().kind()) {
      case ENDED -> over.size();
      case STARTS_PER_DAY -> sessions.size() / (column.window().toMillis() / 86_400_000.0);
      case TOTAL_DURATION -> readings == 0 ? Double.NaN : seconds;
      case MEAN_DURATION -> over.isEmpty() ? Double.NaN : seconds / over.size();
      case MAX_DURATION ->
          over.stream().mapToDouble(s -> (s[1] - s[0]) / 1_000).max().orElse(Double.NaN);
      case TOTAL_ENERGY -> values == 0 ? Double.NaN : energy;
      case MEAN_ENERGY -> values == 0 || over.isEmpty() ? Double.NaN : energy / over.size();
      case TIME_SINCE_LAST ->
          sessions.isEmpty()
              ? Double.NaN
              : (rowMillis - sessions.get(sessions.size() - 1)[1]) / MILLIS_PER_HOUR;
      default -> throw new IllegalArgumentException(column.name());
    };
  }

  /** Start, end and energy of each. */
  private static List<double[]> sessions(Map<Long, Slice> slices, SessionSource source) {
    List<double[]> sessions = new ArrayList<>();
    Slice before = null;
    for (Slice slice : slices.values()) {
      if (slice.first == Long.MAX_VALUE) {
        continue;
      }
      long hole = before == null ? Long.MAX_VALUE : slice.first - before.last;
      if (hole > source.gap().toMillis()) {
        sessions.add(new double[] {slice.first, slice.last, 0});
      }
      double[] session = sessions.get(sessions.size() - 1);
      session[1] = slice.last;
      if (slice.values > 0) {
        session[2] += slice.mean() * (slice.last - slice.first) / MILLIS_PER_HOUR;
        if (hole <= source.maxHole().toMillis() && before.values > 0) {
          session[2] += (before.mean() + slice.mean()) / 2 * hole / MILLIS_PER_HOUR;
        }
      }
      before = slice;
    }
    return sessions;
  }
}
