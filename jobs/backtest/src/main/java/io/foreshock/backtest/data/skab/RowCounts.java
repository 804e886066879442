package io.foreshock.backtest.data.skab;

/**
 * Rows by label and alarm.
 *
 * @param hits anomalous and alarmed
 * @param falseAlarms normal and alarmed
 * @param misses anomalous and silent
 * @param quiet normal and silent
 */
record RowCounts(long hits, long falseAlarms, long misses, long quiet) {
  static final RowCounts NONE = new RowCounts(0, 0, 0, 0);

  RowCounts with(boolean anomaly, boolean alarm) {
    return new RowCounts(
        hits + (anomaly && alarm ? 1 : 0),
        falseAlarms + (!anomaly && alarm ? 1 : 0),
        misses + (anomaly && !alarm ? 1 : 0),
        quiet + (!anomaly && !alarm ? 1 : 0));
  }

  RowCounts plus(RowCounts other) {
    return new RowCounts(
        hits + other.hits,
        falseAlarms + other.falseAlarms,
        misses + other.misses,
        quiet + other.quiet);
  }

  /** False alarm rate: alarmed among normal rows, in percent. */
  double far() {
    return 100.0 * falseAlarms / (falseAlarms + quiet);
  }

  /** Missed alarm rate: silent among anomalous rows, in percent. */
  double mar() {
    return 100.0 * misses / (misses + hits);
  }

  double f1() {
    return hits / (hits + (falseAlarms + misses) / 2.0);
  }
}
