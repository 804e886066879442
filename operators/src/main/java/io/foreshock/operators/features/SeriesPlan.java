package io.foreshock.operators.features;

import io.foreshock.operators.features.definition.Aggregate;
import io.foreshock.operators.features.definition.SessionSource;
import io.foreshock.operators.order.StableHash;
import java.util.ArrayList;
import java.util.List;

/** What is kept of one channel or kind of event, and which columns are computed of it. */
final class SeriesPlan {
  /** Parts of a slice. The numbers are part of the state format. */
  static final int SUM = 1;

  static final int SQUARES = 2;
  static final int RANGE = 4;
  static final int LINE = 8;
  static final int BUCKETS = 16;
  static final int EDGES = 32;

  /** Sessions; see {@link Runs}. */
  static final int RUNS = 64;

  /** Hash of the series' name; it stands in state. */
  final long hash;

  /** Windows, the shortest first. */
  final List<WindowPlan> windows;

  /** What a slice of this build holds. */
  final SliceForm form;

  /** What a session is; null of other series. */
  final SessionSource sessions;

  /**
   * Something that depends on how long readings stand. The hash is part of the state format.
   *
   * @param kind time above, time below or energy
   */
  record OverTime(Aggregate.Kind kind, double limit, long gapMillis, long hash) {
    static OverTime of(Aggregate aggregate) {
      String text =
          aggregate.kind().name()
              + ' '
              + Double.doubleToLongBits(aggregate.parameter())
              + ' '
              + aggregate.gap().toMillis();
      return new OverTime(
          aggregate.kind(), aggregate.parameter(), aggregate.gap().toMillis(), StableHash.of(text));
    }

    boolean isTime() {
      return kind != Aggregate.Kind.ENERGY;
    }

    /** Whether a reading is beyond the limit. */
    boolean holds(double value) {
      return kind == Aggregate.Kind.TIME_ABOVE ? value > limit : value < limit;
    }
  }

  /** Columns that are computed of one window. */
  record WindowPlan(long millis, List<ColumnPlan> columns) {}

  /**
   * One column.
   *
   * @param place in the row
   * @param item place among the things over time; -1 for none
   */
  record ColumnPlan(int place, Aggregate aggregate, int item) {}

  SeriesPlan(
      String name,
      int parts,
      List<OverTime> items,
      List<WindowPlan> windows,
      SessionSource sessions) {
    this.sessions = sessions;
    this.hash = StableHash.of(name);
    this.windows = windows;
    this.form = new SliceForm(parts, items);
  }

  /** Parts of a slice that an aggregate is computed of. */
  static int parts(Aggregate.Kind kind) {
    return switch (kind) {
      case COUNT, RATE, TIME_SINCE, CYCLES_SINCE -> 0;
      case MEAN -> SUM;
      case STD -> SUM | SQUARES;
      case MIN, MAX -> RANGE;
      case SLOPE -> SUM | LINE;
      case PERCENTILE -> BUCKETS | RANGE;
      case TIME_ABOVE, TIME_BELOW -> EDGES;
      case ENERGY -> EDGES | SUM;
      case ENDED,
          STARTS_PER_DAY,
          TOTAL_DURATION,
          MEAN_DURATION,
          MAX_DURATION,
          TOTAL_ENERGY,
          MEAN_ENERGY,
          TIME_SINCE_LAST ->
          RUNS;
      case PEERS, DEVIATION, FLEET_MEDIAN, FLEET_SPREAD ->
          throw new IllegalStateException(kind + " is not computed of slices");
    };
  }

  /** Collects what the columns of one series need. */
  static final class Builder {
    private final String name;
    private final SessionSource sessions;
    private final List<OverTime> items = new ArrayList<>();
    private final java.util.TreeMap<Long, List<ColumnPlan>> windows = new java.util.TreeMap<>();
    private int parts;

    Builder(String name, SessionSource sessions) {
      this.name = name;
      this.sessions = sessions;
    }

    void add(int place, Aggregate aggregate, long windowMillis) {
      parts |= parts(aggregate.kind());
      int item = -1;
      if (aggregate.isOverTime()) {
        OverTime over = OverTime.of(aggregate);
        if (!items.contains(over)) {
          items.add(over);
        }
        item = items.indexOf(over);
      }
      windows
          .computeIfAbsent(windowMillis, w -> new ArrayList<>())
          .add(new ColumnPlan(place, aggregate, item));
    }

    SeriesPlan build() {
      List<WindowPlan> plans = new ArrayList<>();
      windows.forEach((millis, columns) -> plans.add(new WindowPlan(millis, columns)));
      return new SeriesPlan(name, parts, items, plans, sessions);
    }
  }
}
