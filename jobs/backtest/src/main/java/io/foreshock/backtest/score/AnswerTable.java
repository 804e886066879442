package io.foreshock.backtest.score;

import io.foreshock.backtest.run.RunCost;
import io.foreshock.backtest.score.Intervals.Interval;
import java.util.Locale;

/** An answer as text for people. */
public final class AnswerTable {
  private static final int MISSED_SHOWN = 10;
  private static final String HEAD =
      "%-24s %7s %6s %6s %9s %6s %7s %10s %7s %6s %9s %9s %10s %10s%n"
          .formatted(
              "",
              "alarms",
              "true",
              "false",
              "failures",
              "found",
              "missed",
              "precision",
              "recall",
              "F1",
              "lead p10",
              "lead med",
              "false/mon",
              "alarms/day");

  private final StringBuilder text = new StringBuilder();

  private AnswerTable() {}

  public static String of(Answer answer) {
    AnswerTable table = new AnswerTable();
    table.text.append(HEAD);
    table.section(answer.all());
    answer
        .split()
        .ifPresent(
            split -> {
              table.line("");
              table.line("tuned on (--train), %d assets", split.train().assets().size());
              table.section(split.train());
              table.line("");
              table.line("held out (--test), %d assets", split.test().assets().size());
              table.section(split.test());
            });
    table.line("");
    table.patterns(answer.all());
    table.line("");
    table.text.append(BaselinesTable.of(answer.baselines()));
    table.missed(answer);
    answer.cost().ifPresent(table::cost);
    answer.sweeps().forEach(sweep -> table.text.append('\n').append(SweepTable.of(sweep)));
    answer.comparison().ifPresent(c -> table.text.append('\n').append(ComparisonTable.of(c)));
    return table.text.toString();
  }

  private void section(Section section) {
    section.components().forEach((name, measures) -> row(name, measures.score()));
    row("overall", section.overall().score());
    intervals(section.overall());
    line(
        "of all %d failures with a day of readings, gaps or not: %d found, recall %s",
        section.seen().failures(), section.seen().found(), share(section.seen().recall()));
    if (section.watch().score().alarms() > 0) {
      row("watch (no alarm)", section.watch().score());
    }
  }

  private void intervals(Measures measures) {
    Intervals intervals = measures.intervals();
    if (intervals.assets() < 2) {
      line("  no intervals: there is only one asset to draw from");
      return;
    }
    line(
        "  %.0f %%: precision %s, recall %s, F1 %s, lead med %s h, false/mon %s (%,d draws of %d assets)",
        intervals.level() * 100,
        interval(intervals.precision()),
        interval(intervals.recall()),
        interval(intervals.f1()),
        interval(intervals.leadHoursMedian()),
        interval(intervals.falseAlarmsPerMachineMonth()),
        intervals.draws(),
        intervals.assets());
    double months = measures.score().machineHours() / Score.HOURS_PER_MONTH;
    if (measures.score().falseAlarms() == 0 && months > 0) {
      // Hanley and Lippman-Hand 1983: with nothing seen in n, 3/n is the upper end of 95 %.
      line(
          "  no false alarm in %.1f machine-months: all one can say is below %.3f a month (95 %%, rule of three)",
          months, 3 / months);
    }
  }

  private void patterns(Section section) {
    line("each pattern on its own, against the failures of its component");
    for (PatternMeasures pattern : section.patterns()) {
      row(pattern.pattern(), pattern.measures().score());
    }
  }

  private void missed(Answer answer) {
    if (answer.missed().isEmpty()) {
      return;
    }
    line("");
    line("missed failures, and how near it was");
    for (MissedFailure missed : answer.missed().stream().limit(MISSED_SHOWN).toList()) {
      line(
          "%s %s %s",
          Words.time(missed.failure().millis()),
          missed.failure().asset(),
          missed.failure().component());
      missed.attempts().forEach(attempt -> line("  %s", attempt.text()));
      missed.approaches().forEach(approach -> line("  %s", approach.text()));
      missed.notes().forEach(note -> line("  %s", note));
    }
    int more = answer.missed().size() - MISSED_SHOWN;
    if (more > 0) {
      line("and %d more, see --json", more);
    }
  }

  private void cost(RunCost cost) {
    line("");
    line(
        "cost: state %s per asset, processor time %s per asset; %,d messages of %d assets in %.1f s",
        Double.isNaN(cost.stateBytesPerAsset())
            ? "not measured"
            : String.format(Locale.ROOT, "%,.0f bytes", cost.stateBytesPerAsset()),
        Double.isNaN(cost.cpuSecondsPerAsset())
            ? "not measured"
            : String.format(Locale.ROOT, "%.3f s", cost.cpuSecondsPerAsset()),
        cost.messages(),
        cost.assets(),
        cost.wallSeconds());
  }

  private void row(String name, Score score) {
    text.append(line(name, score));
  }

  static String head() {
    return HEAD;
  }

  static String line(String name, Score score) {
    return String.format(
        Locale.ROOT,
        "%-24s %7d %6d %6d %9d %6d %7d %10s %7s %6s %9s %9s %10s %10s%n",
        name,
        score.alarms(),
        score.trueAlarms(),
        score.falseAlarms(),
        score.failures(),
        score.foundFailures(),
        score.missedFailures(),
        share(score.precision()),
        share(score.recall()),
        share(score.f1()),
        hours(score.leadHoursP10()),
        hours(score.leadHoursMedian()),
        share(score.falseAlarmsPerMachineMonth()),
        share(score.alarmsPerDay()));
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  static String interval(Interval interval) {
    return interval.isKnown()
        ? String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high())
        : "-";
  }

  static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  static String hours(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f h", value);
  }
}
