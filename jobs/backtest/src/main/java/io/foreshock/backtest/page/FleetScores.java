package io.foreshock.backtest.page;

import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.Baselines;
import io.foreshock.backtest.score.Intervals;
import io.foreshock.backtest.score.Measures;
import io.foreshock.backtest.score.PatternMeasures;
import io.foreshock.backtest.score.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of an answer, one line for each group. */
final class FleetScores {
  private FleetScores() {}

  static List<ScoreLine> of(Answer answer) {
    List<ScoreLine> lines = new ArrayList<>();
    lines.add(line(ScoreLine.Group.ALL, "All alarms", answer.all().overall()));
    answer
        .split()
        .ifPresent(
            split -> {
              lines.add(line(ScoreLine.Group.ALL, "Tuned on (train)", split.train().overall()));
              lines.add(line(ScoreLine.Group.ALL, "Held out (test)", split.test().overall()));
            });
    answer
        .all()
        .components()
        .forEach((name, measures) -> lines.add(line(ScoreLine.Group.COMPONENT, name, measures)));
    for (PatternMeasures pattern : answer.all().patterns()) {
      lines.add(
          line(
              ScoreLine.Group.PATTERN,
              pattern.pattern()
                  + " "
                  + pattern.version()
                  + ", "
                  + pattern.severity().name().toLowerCase(Locale.ROOT),
              pattern.measures()));
    }
    baselines(answer.baselines(), lines);
    return lines;
  }

  private static void baselines(Baselines baselines, List<ScoreLine> lines) {
    baselines
        .naive()
        .ifPresent(
            naive -> lines.add(line(ScoreLine.Group.BASELINE, "Simplest rule", naive.all())));
    baselines
        .threshold()
        .ifPresent(
            threshold ->
                lines.add(
                    line(ScoreLine.Group.BASELINE, "Single threshold", threshold.overall().all())));
    Baselines.RandomAlarms random = baselines.random().all();
    lines.add(
        new ScoreLine(
            ScoreLine.Group.BASELINE,
            "Random alarms",
            (int) Math.round(random.alarms()),
            (int) Math.round(random.trueAlarms()),
            random.failures(),
            (int) Math.round(random.foundFailures()),
            ScoreLine.Figure.of(random.precision()),
            ScoreLine.Figure.of(random.recall()),
            ScoreLine.Figure.of(random.f1()),
            ScoreLine.Figure.of(random.leadHoursMedian()),
            ScoreLine.Figure.of(random.falseAlarmsPerMachineMonth())));
  }

  private static ScoreLine line(ScoreLine.Group group, String name, Measures measures) {
    Score score = measures.score();
    Intervals intervals = measures.intervals();
    return new ScoreLine(
        group,
        name,
        score.alarms(),
        score.trueAlarms(),
        score.failures(),
        score.foundFailures(),
        figure(score.precision(), intervals.precision()),
        figure(score.recall(), intervals.recall()),
        figure(score.f1(), intervals.f1()),
        figure(score.leadHoursMedian(), intervals.leadHoursMedian()),
        figure(score.falseAlarmsPerMachineMonth(), intervals.falseAlarmsPerMachineMonth()));
  }

  private static ScoreLine.Figure figure(double value, Intervals.Interval interval) {
    return interval.isKnown()
        ? new ScoreLine.Figure(value, interval.low(), interval.high())
        : ScoreLine.Figure.of(value);
  }
}
