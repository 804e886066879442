package io.foreshock.patterns.condition;

import io.foreshock.patterns.condition.Comparisons.NumberTest;
import io.foreshock.patterns.condition.Comparisons.TextOperator;
import io.foreshock.patterns.condition.Comparisons.TextTest;
import io.foreshock.patterns.condition.Logic.Connective;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds conditions whose parts exclude each other by value, such as {@code value > 5 && value < 3}.
 */
final class Contradictions {

  private Contradictions() {}

  /** True only when no signal can satisfy the condition; false when it is not known. */
  static boolean in(Node node) {
    if (node instanceof Shared shared) {
      return in(shared.node());
    }
    if (!(node instanceof Connective connective)) {
      return false;
    }
    if (connective.decisive() == Node.TRUE) {
      return connective.operands().stream().allMatch(Contradictions::in);
    }
    return connective.operands().stream().anyMatch(Contradictions::in)
        || connective.maybeTrue().isEmpty()
        || numbersExclude(connective)
        || textsExclude(connective);
  }

  private static boolean numbersExclude(Connective and) {
    Map<SignalField, double[]> ranges = new EnumMap<>(SignalField.class);
    for (Node node : and.operands()) {
      if (node instanceof NumberTest test) {
        double[] range =
            ranges.computeIfAbsent(
                test.field(),
                field -> new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
        double operand = test.operand();
        switch (test.operator()) {
          case LESS -> range[1] = Math.min(range[1], Math.nextDown(operand));
          case LESS_OR_EQUAL -> range[1] = Math.min(range[1], operand);
          case GREATER -> range[0] = Math.max(range[0], Math.nextUp(operand));
          case GREATER_OR_EQUAL -> range[0] = Math.max(range[0], operand);
          case EQUAL -> {
            range[0] = Math.max(range[0], operand);
            range[1] = Math.min(range[1], operand);
          }
          case NOT_EQUAL -> {
            // Leaves a hole that no interval shows.
          }
        }
      }
    }
    return ranges.values().stream().anyMatch(range -> range[0] > range[1]);
  }

  private static boolean textsExclude(Connective and) {
    Map<SignalField, Set<String>> possible = new EnumMap<>(SignalField.class);
    for (Node node : and.operands()) {
      if (node instanceof TextTest test && test.operator() == TextOperator.IN) {
        Set<String> texts =
            possible.computeIfAbsent(test.field(), field -> new TreeSet<>(test.operands()));
        texts.retainAll(test.operands());
        if (texts.isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }
}
