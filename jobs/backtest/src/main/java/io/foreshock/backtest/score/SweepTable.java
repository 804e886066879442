package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Sweep.Point;
import java.util.Locale;

/** A sweep as text for people. */
final class SweepTable {
  private SweepTable() {}

  static String of(Sweep sweep) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s (now %s); the pattern on its own%n",
            sweep.pattern(),
            sweep.path(),
            sweep.current()));
    text.append(AnswerTable.head());
    for (Point point : sweep.points()) {
      point
          .split()
          .ifPresentOrElse(
              split -> {
                text.append(AnswerTable.line(point.text() + " train", split.train().score()));
                text.append(AnswerTable.line(point.text() + " test", split.test().score()));
              },
              () -> text.append(AnswerTable.line(point.text(), point.all().score())));
    }
    sweep.bestPoint().ifPresent(best -> text.append(best(sweep, best)));
    return text.toString();
  }

  private static String best(Sweep sweep, Point best) {
    return best.split()
        .map(
            split ->
                String.format(
                    Locale.ROOT,
                    "best F1 on the training assets: %s (%s); on the test assets it has %s (%s)%n",
                    best.text(),
                    AnswerTable.share(split.train().score().f1()),
                    AnswerTable.share(split.test().score().f1()),
                    AnswerTable.interval(split.test().intervals().f1())))
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "best F1: %s (%s), chosen and judged on the same assets: hold some out with --train and --test%n",
                    best.text(),
                    AnswerTable.share(best.all().score().f1())));
  }
}
