package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Baselines.BySection;
import io.foreshock.backtest.score.Baselines.RandomAlarms;
import io.foreshock.backtest.score.Baselines.Rule;
import java.util.Locale;

/** Baselines as text for people. */
final class BaselinesTable {
  private final StringBuilder text = new StringBuilder();

  private BaselinesTable() {}

  static String of(Baselines baselines) {
    BaselinesTable table = new BaselinesTable();
    table.add(baselines);
    return table.text.toString();
  }

  private void add(Baselines baselines) {
    line("baselines");
    baselines.naive().ifPresent(naive -> rows("simplest rule", naive));
    baselines
        .threshold()
        .ifPresent(
            threshold -> {
              rows("single threshold", threshold.overall());
              for (Rule rule : threshold.rules()) {
                line(
                    "  %s: %s %s %s, chosen on %s: F1 %s there, %s on the others",
                    rule.component(),
                    rule.channel(),
                    rule.above() ? "above" : "below",
                    Words.number(rule.limit()),
                    threshold.chosenOn().startsWith("the ")
                        ? threshold.chosenOn()
                        : "half " + (rule.fold() + 1),
                    AnswerTable.share(rule.chosen().f1()),
                    rule.judged().map(score -> AnswerTable.share(score.f1())).orElse("-"));
              }
            });
    BySection<RandomAlarms> random = baselines.random();
    random("random alarm", random.all());
    if (random.train() != null) {
      random("  train", random.train());
      random("  test", random.test());
    }
  }

  private void rows(String name, BySection<Measures> by) {
    text.append(AnswerTable.line(name, by.all().score()));
    if (by.train() != null) {
      text.append(AnswerTable.line("  train", by.train().score()));
      text.append(AnswerTable.line("  test", by.test().score()));
    }
  }

  private void random(String name, RandomAlarms random) {
    line(
        "%-24s %7.0f %6.1f %6.1f %9d %6.1f %7.1f %10s %7s %6s %9s %9s %10s",
        name,
        random.alarms(),
        random.trueAlarms(),
        random.alarms() - random.trueAlarms(),
        random.failures(),
        random.foundFailures(),
        random.failures() - random.foundFailures(),
        AnswerTable.share(random.precision()),
        AnswerTable.share(random.recall()),
        AnswerTable.share(random.f1()),
        "",
        AnswerTable.hours(random.leadHoursMedian()),
        AnswerTable.share(random.falseAlarmsPerMachineMonth()));
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
