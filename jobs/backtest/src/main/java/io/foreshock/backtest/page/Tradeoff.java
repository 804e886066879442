package io.foreshock.backtest.page;

import java.util.List;

/**
 * What came of a backtest at each value of a parameter.
 *
 * @param parameter e.g. {@code symptoms.hot.above}
 * @param points in the order of the values
 */
public record Tradeoff(String parameter, List<Point> points) {

  /**
   * One run.
   *
   * @param value value of the parameter, as it was written
   * @param machines which machines it was run on, e.g. train, test; empty when all
   * @param chosen true for the value that is in use
   * @param recall share of found failures; NaN when not known
   * @param precision share of true alarms; NaN when not known
   * @param leadHours median lead time in hours; NaN when not known
   * @param falseAlarms false alarms per machine-month; NaN when not known
   */
  public record Point(
      String value,
      String machines,
      boolean chosen,
      double recall,
      double precision,
      double leadHours,
      double falseAlarms) {}
}
