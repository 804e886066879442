package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Comparison.Difference;
import java.util.Locale;

/** Two versions side by side, as text for people. */
final class ComparisonTable {
  private static final int SHOWN = 50;

  private ComparisonTable() {}

  static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "a: %s%nb: %s%n", comparison.first(), comparison.second()));
    text.append(AnswerTable.head());
    rows(text, "a", comparison.a());
    rows(text, "b", comparison.b());
    comparison.splitA().ifPresent(split -> rows(text, "a test", split.test()));
    comparison.splitB().ifPresent(split -> rows(text, "b test", split.test()));
    text.append(
        String.format(
            Locale.ROOT,
            "%d alarms are the same, %d are not%n",
            comparison.same(),
            comparison.differences().size()));
    for (Difference difference : comparison.differences().stream().limit(SHOWN).toList()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-20s %-16s %-12s a %-6s b %-6s %s%n",
              Words.time(difference.millis()),
              difference.asset(),
              difference.component(),
              AnswerJson.word(difference.a()),
              AnswerJson.word(difference.b()),
              difference.why()));
    }
    int more = comparison.differences().size() - SHOWN;
    if (more > 0) {
      text.append(String.format(Locale.ROOT, "and %d more, see --json%n", more));
    }
    return text.toString();
  }

  private static void rows(StringBuilder text, String name, Section section) {
    section
        .components()
        .forEach(
            (component, measures) ->
                text.append(AnswerTable.line(name + ' ' + component, measures.score())));
    text.append(AnswerTable.line(name + " overall", section.overall().score()));
  }
}
