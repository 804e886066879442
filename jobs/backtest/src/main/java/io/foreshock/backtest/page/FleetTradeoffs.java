package io.foreshock.backtest.page;

import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.Measures;
import io.foreshock.backtest.score.Score;
import io.foreshock.backtest.score.Sweep;
import java.util.ArrayList;
import java.util.List;

/** The sweeps of an answer; training and test assets stand apart where there are both. */
final class FleetTradeoffs {
  private FleetTradeoffs() {}

  static List<Tradeoff> of(Answer answer) {
    return answer.sweeps().stream().map(FleetTradeoffs::of).toList();
  }

  private static Tradeoff of(Sweep sweep) {
    List<Tradeoff.Point> points = new ArrayList<>();
    for (int i = 0; i < sweep.points().size(); i++) {
      Sweep.Point point = sweep.points().get(i);
      boolean chosen = i == sweep.best();
      if (point.split().isPresent()) {
        Sweep.SplitMeasures split = point.split().get();
        points.add(point(point.text(), "train", chosen, split.train()));
        points.add(point(point.text(), "test", chosen, split.test()));
      } else {
        points.add(point(point.text(), "", chosen, point.all()));
      }
    }
    return new Tradeoff(sweep.pattern() + ": " + sweep.path(), points);
  }

  private static Tradeoff.Point point(
      String value, String machines, boolean chosen, Measures measures) {
    Score score = measures.score();
    return new Tradeoff.Point(
        value,
        machines,
        chosen,
        score.recall(),
        score.precision(),
        score.leadHoursMedian(),
        score.falseAlarmsPerMachineMonth());
  }
}
