package io.foreshock.backtest.score;

/**
 * How sure the figures of a {@link Score} are: percentile intervals of a bootstrap over assets.
 *
 * @param level share of draws between the ends of an interval
 * @param assets assets that were drawn from
 * @param draws how often as many assets were drawn, with replacement
 * @param seed of the draws
 */
public record Intervals(
    double level,
    int assets,
    int draws,
    long seed,
    Interval precision,
    Interval recall,
    Interval f1,
    Interval leadHoursMedian,
    Interval falseAlarmsPerMachineMonth) {

  /**
   * Where a figure lies.
   *
   * @param low NaN when nothing is known: fewer than two assets, or no draw in which the figure
   *     exists
   * @param high NaN likewise
   * @param draws draws in which the figure exists; the interval is about these
   */
  public record Interval(double low, double high, int draws) {
    /** Nothing is known. */
    public static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN, 0);

    public boolean isKnown() {
      return draws > 0;
    }
  }
}
