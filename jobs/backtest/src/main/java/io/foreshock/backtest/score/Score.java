package io.foreshock.backtest.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How well alarms foretold failures.
 *
 * @param assets assets judged
 * @param alarms alarms that counted
 * @param trueAlarms of these, alarms followed by a failure within the horizon
 * @param failures failures that counted
 * @param foundFailures of these, failures with an alarm within the horizon before
 * @param leadHours hours from the first such alarm to the failure, ascending
 * @param machineHours hours watched, of all assets together
 */
public record Score(
    int assets,
    int alarms,
    int trueAlarms,
    int failures,
    int foundFailures,
    List<Double> leadHours,
    double machineHours) {

  /** Hours of a machine-month: a year of 8,760 hours by twelve. */
  public static final double HOURS_PER_MONTH = 730;

  static final long HOUR_MILLIS = 3_600_000L;
  private static final double HOURS_PER_DAY = 24;

  public Score {
    leadHours = List.copyOf(leadHours);
  }

  /** The sum of what happened on each asset. */
  public static Score of(Collection<Tally> tallies) {
    int alarms = 0;
    int trueAlarms = 0;
    int failures = 0;
    double hours = 0;
    List<Double> leads = new ArrayList<>();
    for (Tally tally : tallies) {
      alarms += tally.alarms();
      trueAlarms += tally.trueAlarms();
      failures += tally.failures();
      hours += tally.watchedHours();
      leads.addAll(tally.leadHours());
    }
    leads.sort(null);
    return new Score(tallies.size(), alarms, trueAlarms, failures, leads.size(), leads, hours);
  }

  public int falseAlarms() {
    return alarms - trueAlarms;
  }

  public int missedFailures() {
    return failures - foundFailures;
  }

  /** Share of true alarms; NaN without alarms. */
  public double precision() {
    return alarms == 0 ? Double.NaN : trueAlarms / (double) alarms;
  }

  /** Share of found failures; NaN without failures. */
  public double recall() {
    return failures == 0 ? Double.NaN : foundFailures / (double) failures;
  }

  /** Harmonic mean of precision and recall: 0 when nothing was found; NaN without failures. */
  public double f1() {
    return f1(alarms, trueAlarms, failures, foundFailures);
  }

  public double leadHoursMedian() {
    return Quantiles.of(leadHours, 0.5);
  }

  /** Nine of ten found failures had at least this lead time. */
  public double leadHoursP10() {
    return Quantiles.of(leadHours, 0.1);
  }

  /** False alarms of a machine in 730 watched hours; NaN when nothing was watched. */
  public double falseAlarmsPerMachineMonth() {
    return machineHours == 0 ? Double.NaN : falseAlarms() / (machineHours / HOURS_PER_MONTH);
  }

  /**
   * Alarms, true and false, that all assets together raise in a day in which all of them are
   * watched; NaN when nothing was watched.
   */
  public double alarmsPerDay() {
    return machineHours == 0 ? Double.NaN : alarms * assets / (machineHours / HOURS_PER_DAY);
  }

  static double f1(int alarms, int trueAlarms, int failures, int found) {
    if (failures == 0) {
      return Double.NaN;
    }
    if (found == 0 || trueAlarms == 0) {
      return 0;
    }
    double precision = trueAlarms / (double) alarms;
    double recall = found / (double) failures;
    return 2 * precision * recall / (precision + recall);
  }
}
