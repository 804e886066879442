package io.foreshock.backtest.score;

import java.util.List;

/**
 * How well alarms foretold failures.
 *
 * @param alarms alarms that counted
 * @param trueAlarms of these, alarms followed by a failure within the horizon
 * @param failures failures that counted
 * @param foundFailures of these, failures with an alarm within the horizon before
 * @param leadHours hours from the first such alarm to the failure, ascending
 * @param machineHours hours watched
 */
public record Score(
    int alarms,
    int trueAlarms,
    int failures,
    int foundFailures,
    List<Double> leadHours,
    long machineHours) {

  /** Hours of a machine-month: a year of 8,760 hours by twelve. */
  public static final double HOURS_PER_MONTH = 730;

  /** Share of true alarms; NaN without alarms. */
  public double precision() {
    return alarms == 0 ? Double.NaN : trueAlarms / (double) alarms;
  }

  /** Share of found failures; NaN without failures. */
  public double recall() {
    return failures == 0 ? Double.NaN : foundFailures / (double) failures;
  }

  /** Harmonic mean of precision and recall; NaN when one of them is unknown or both are 0. */
  public double f1() {
    return 2 * precision() * recall() / (precision() + recall());
  }

  public double leadHoursMedian() {
    return Quantiles.of(leadHours, 0.5);
  }

  /** Nine of ten found failures had at least this lead time. */
  public double leadHoursP10() {
    return Quantiles.of(leadHours, 0.1);
  }

  public double falseAlarmsPerMachineMonth() {
    return machineHours == 0
        ? Double.NaN
        : (alarms - trueAlarms) / (machineHours / HOURS_PER_MONTH);
  }
}
