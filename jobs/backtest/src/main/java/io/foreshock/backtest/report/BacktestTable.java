package io.foreshock.backtest.report;

import io.foreshock.backtest.score.AlarmScoring;
import io.foreshock.backtest.score.BacktestResult;
import io.foreshock.backtest.score.Score;
import java.util.Locale;

/** The result as a table for people. */
public final class BacktestTable {
  private static final String HEAD =
      "%-22s %7s %5s %9s %6s %10s %7s %6s %9s %9s %14s%n"
          .formatted(
              "",
              "alarms",
              "true",
              "failures",
              "found",
              "precision",
              "recall",
              "F1",
              "lead p10",
              "lead med",
              "false/mach-mon");

  private BacktestTable() {}

  public static String of(BacktestResult result) {
    StringBuilder text = new StringBuilder(HEAD);
    result.components().forEach((name, score) -> row(text, name, score));
    row(text, "overall", result.overall());
    AlarmScoring.Found all = result.allFailures();
    text.append(
        String.format(
            Locale.ROOT,
            "of all %d failures with a day of readings, gaps or not: %d found, recall %s%n",
            all.failures(),
            all.found(),
            share(all.recall())));
    text.append('\n');
    row(text, "watch (sensors alone)", result.watch());
    row(text, "baseline (every code)", result.baseline());
    return text.toString();
  }

  private static void row(StringBuilder text, String name, Score score) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-22s %7d %5d %9d %6d %10s %7s %6s %9s %9s %14s%n",
            name,
            score.alarms(),
            score.trueAlarms(),
            score.failures(),
            score.foundFailures(),
            share(score.precision()),
            share(score.recall()),
            share(score.f1()),
            hours(score.leadHoursP10()),
            hours(score.leadHoursMedian()),
            share(score.falseAlarmsPerMachineMonth())));
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String hours(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f h", value);
  }
}
