package io.foreshock.patterns.engine;

import io.foreshock.patterns.engine.RandomPattern.Quantifier;
import io.foreshock.patterns.engine.RandomPattern.Stage;
import java.util.List;

/** Prints a random pattern as one would write it in Java. */
final class PatternText {

  private PatternText() {}

  static String print(List<Stage> stages, String skip) {
    StringBuilder text = new StringBuilder();
    for (Stage stage : stages) {
      text.append(text.isEmpty() ? "" : "\n  .").append(stage.link()).append('(');
      if (stage.group().isEmpty()) {
        text.append('"').append(stage.name()).append('"');
      } else {
        text.append(print(stage.group(), ""));
      }
      text.append(stage.link().equals("begin") && !skip.isEmpty() ? ", " + skip + ")" : ")");
      if (stage.group().isEmpty()) {
        text.append(".where(").append(stage.condition()).append(')');
      }
      Quantifier quantifier = stage.quantifier();
      String step = quantifier.stepWithin() > 0 ? ", " + quantifier.stepWithin() + " ms" : "";
      switch (quantifier.kind()) {
        case "times" -> text.append(".times(" + quantifier.from() + step + ")");
        case "range" ->
            text.append(".times(" + quantifier.from() + ", " + quantifier.to() + step + ")");
        case "loop" -> text.append(".timesOrMore(" + quantifier.from() + step + ")");
        default -> {}
      }
      text.append(quantifier.inner().isEmpty() ? "" : "." + quantifier.inner() + "()");
      text.append(quantifier.greedy() ? ".greedy()" : "");
      text.append(quantifier.optional() ? ".optional()" : "");
      text.append(quantifier.until() != null ? ".until(" + quantifier.until() + ")" : "");
      text.append(
          stage.stepWithin() > 0
              ? ".within(" + stage.stepWithin() + " ms, PREVIOUS_AND_CURRENT)"
              : "");
    }
    return text.toString();
  }
}
