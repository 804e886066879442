package io.foreshock.operators.features;

import io.foreshock.operators.features.definition.Aggregate;

/**
 * Computes columns of sessions. What a row says of sessions, it says of those that were over when
 * it was made: the asset was seen running last longer than the gap ago. A session that reaches over
 * the begin of the window counts with the part inside of it.
 */
final class SessionColumns {
  private static final double MILLIS_PER_HOUR = 3_600_000.0;
  private static final double MILLIS_PER_DAY = 86_400_000.0;

  private SessionColumns() {}

  static double value(Aggregate.Kind kind, long windowMillis, SliceStats stats, long rowMillis) {
    Runs runs = stats.runs;
    boolean open = runs.pieces > 0 && rowMillis - runs.last().endMillis <= runs.gapMillis();
    long over = runs.pieces - (open ? 1 : 0);
    if (kind == Aggregate.Kind.ENDED) {
      return over;
    }
    if (kind == Aggregate.Kind.STARTS_PER_DAY) {
      return runs.pieces / (windowMillis / MILLIS_PER_DAY);
    }
    if (stats.count == 0) {
      return Double.NaN;
    }
    return switch (kind) {
      case TOTAL_DURATION -> totalMillis(runs, over) / 1_000.0;
      case MEAN_DURATION -> over == 0 ? Double.NaN : totalMillis(runs, over) / 1_000.0 / over;
      case MAX_DURATION -> over == 0 ? Double.NaN : longestMillis(runs, over) / 1_000.0;
      case TOTAL_ENERGY -> runs.values == 0 ? Double.NaN : energy(runs, over);
      case MEAN_ENERGY -> runs.values == 0 || over == 0 ? Double.NaN : energy(runs, over) / over;
      case TIME_SINCE_LAST ->
          runs.pieces == 0 ? Double.NaN : (rowMillis - runs.last().endMillis) / MILLIS_PER_HOUR;
      default -> throw new IllegalStateException(kind + " is not computed of sessions");
    };
  }

  private static boolean lastIsOver(Runs runs, long over) {
    return runs.pieces > 1 && over == runs.pieces;
  }

  private static long totalMillis(Runs runs, long over) {
    return over == 0
        ? 0
        : runs.head.durationMillis()
            + runs.innerMillis
            + (lastIsOver(runs, over) ? runs.tail.durationMillis() : 0);
  }

  private static long longestMillis(Runs runs, long over) {
    long longest = Math.max(runs.head.durationMillis(), runs.innerLongestMillis);
    return lastIsOver(runs, over) ? Math.max(longest, runs.tail.durationMillis()) : longest;
  }

  private static double energy(Runs runs, long over) {
    if (over == 0) {
      return 0;
    }
    ExactSum energy = new ExactSum();
    energy.add(runs.head.energy);
    energy.add(runs.innerEnergy);
    if (lastIsOver(runs, over)) {
      energy.add(runs.tail.energy);
    }
    return energy.value().value();
  }
}
