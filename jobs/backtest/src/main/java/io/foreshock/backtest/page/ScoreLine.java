package io.foreshock.backtest.page;

/**
 * Figures of one group of alarms.
 *
 * @param group what kind of line it is: it decides in which table the line stands
 * @param name e.g. the component; shown as it is
 * @param alarms alarms that were judged
 * @param trueAlarms of these, the ones that a failure followed
 * @param failures failures that were judged
 * @param found of these, the ones that an alarm announced
 * @param precision share of true alarms
 * @param recall share of found failures
 * @param f1 harmonic mean of both
 * @param leadHours median from the first alarm to the failure, in hours
 * @param falseAlarms false alarms per machine-month
 */
public record ScoreLine(
    Group group,
    String name,
    int alarms,
    int trueAlarms,
    int failures,
    int found,
    Figure precision,
    Figure recall,
    Figure f1,
    Figure leadHours,
    Figure falseAlarms) {

  /** What a line counts. */
  public enum Group {
    /** Everything that was run: one line, or one for each set of machines held apart. */
    ALL,
    COMPONENT,
    PATTERN,
    /** What is put beside the patterns, so that nobody is impressed by nothing. */
    BASELINE
  }

  /**
   * A figure and its interval of confidence.
   *
   * @param value NaN when it is not known
   * @param low lower end; NaN without an interval
   * @param high upper end; NaN without an interval
   */
  public record Figure(double value, double low, double high) {
    /** Not known. */
    public static final Figure UNKNOWN = of(Double.NaN);

    /** Without an interval. */
    public static Figure of(double value) {
      return new Figure(value, Double.NaN, Double.NaN);
    }
  }
}
