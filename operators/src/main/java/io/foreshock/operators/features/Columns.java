package io.foreshock.operators.features;

import io.foreshock.operators.features.SeriesPlan.ColumnPlan;
import io.foreshock.operators.features.SeriesPlan.WindowPlan;
import io.foreshock.operators.features.definition.Aggregate;

/** Computes the columns of one window of what is known of its slices. */
final class Columns {
  private static final double MILLIS_PER_HOUR = 3_600_000.0;
  private static final double MILLIS_PER_DAY = 86_400_000.0;

  private Columns() {}

  /**
   * Writes the columns of a window into a row.
   *
   * @param rowMillis time of the row
   */
  static void compute(WindowPlan window, SliceStats stats, long rowMillis, double[] row) {
    for (int i = 0; i < window.columns().size(); i++) {
      ColumnPlan column = window.columns().get(i);
      row[column.place()] = value(column, window, stats, rowMillis);
    }
  }

  private static double value(
      ColumnPlan column, WindowPlan window, SliceStats stats, long rowMillis) {
    Aggregate.Kind kind = column.aggregate().kind();
    if (stats.runs != null) {
      return SessionColumns.value(kind, window.millis(), stats, rowMillis);
    }
    if (kind == Aggregate.Kind.COUNT) {
      return stats.count;
    }
    if (kind == Aggregate.Kind.RATE) {
      return stats.count / (window.millis() / MILLIS_PER_DAY);
    }
    boolean unknown =
        (stats.missingParts & SeriesPlan.parts(kind)) != 0
            || column.item() >= 0 && (stats.missingItems & 1L << column.item()) != 0;
    if (stats.count == 0 || unknown) {
      return Double.NaN;
    }
    return switch (kind) {
      case MEAN -> stats.sum.value().value() / stats.count;
      case MIN -> stats.min;
      case MAX -> stats.max;
      case STD -> deviation(stats);
      case SLOPE -> slope(stats, rowMillis);
      case PERCENTILE -> percentile(stats, column.aggregate().parameter());
      case TIME_ABOVE, TIME_BELOW -> stats.beyond[column.item()] / 1_000.0;
      case ENERGY -> stats.energies.get(column.item()).value().value();
      default -> throw new IllegalStateException(kind + " is not computed of readings");
    };
  }

  private static double percentile(SliceStats stats, double percent) {
    double middle = stats.buckets.percentile(percent, stats.count);
    return Math.max(stats.min, Math.min(stats.max, middle));
  }

  private static double deviation(SliceStats stats) {
    if (stats.count < 2) {
      return Double.NaN;
    }
    DoubleDouble n = DoubleDouble.of(stats.count);
    DoubleDouble sum = stats.sum.value();
    double squares = n.times(stats.squares.value()).minus(sum.times(sum)).value();
    return Math.sqrt(Math.max(0, squares / stats.count / (stats.count - 1)));
  }

  /** Times are counted from the row back, or squares of them would hide the rest. */
  private static double slope(SliceStats stats, long rowMillis) {
    DoubleDouble n = DoubleDouble.of(stats.count);
    DoubleDouble origin = DoubleDouble.of(rowMillis - SliceStats.TIME_ORIGIN);
    DoubleDouble sum = stats.sum.value();
    // What overflows in the sum of times overflows back here: counted from the row it is small.
    DoubleDouble shifted =
        DoubleDouble.of(stats.times - stats.count * (rowMillis - SliceStats.TIME_ORIGIN));
    DoubleDouble times = n.times(origin).plus(shifted);
    DoubleDouble products = stats.timeValues.value().minus(origin.times(sum));
    DoubleDouble squares =
        stats.timeSquares.value().minus(origin.times(times)).minus(origin.times(shifted));
    double spread = n.times(squares).minus(shifted.times(shifted)).value();
    double together = n.times(products).minus(shifted.times(sum)).value();
    // Times are whole milliseconds: a spread below this is none.
    return spread < 0.5 ? Double.NaN : together / spread * MILLIS_PER_HOUR;
  }
}
