package io.foreshock.patterns.condition;

import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.util.Set;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/** Comparisons of one field with constants: plain predicates. */
final class Comparisons {

  private Comparisons() {}

  /**
   * A test of the signal's name.
   *
   * @param names accepted names of signals of the kind
   * @param otherKinds answer for signals of other kinds, whose field is empty
   */
  record NameTest(SignalKind kind, NameSet names, boolean otherKinds) implements Node {
    @Override
    public int evaluate(Signal signal, Context<Signal> context) {
      return Node.of(signal.kind() == kind ? names.contains(signal.name()) : otherKinds);
    }

    @Override
    public SignalSet maybeTrue() {
      return SignalSet.ofKinds(k -> k == kind ? names : NameSet.of(otherKinds));
    }

    @Override
    public SignalSet maybeFalse() {
      return SignalSet.ofKinds(k -> k == kind ? names.complement() : NameSet.of(!otherKinds));
    }

    @Override
    public boolean usesStages() {
      return false;
    }
  }

  /** How a text is compared. */
  enum TextOperator {
    IN,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS;

    boolean test(String text, String operand) {
      return switch (this) {
        case IN -> text.equals(operand);
        case STARTS_WITH -> text.startsWith(operand);
        case ENDS_WITH -> text.endsWith(operand);
        case CONTAINS -> text.contains(operand);
      };
    }
  }

  /**
   * A test of a text that is not the name, or of a part of a text.
   *
   * @param operands constants; one of them must satisfy the operator
   */
  record TextTest(SignalField field, TextOperator operator, Set<String> operands) implements Node {
    TextTest {
      operands = Set.copyOf(operands);
    }

    boolean test(String text) {
      if (operator == TextOperator.IN) {
        return operands.contains(text);
      }
      for (String operand : operands) {
        if (operator.test(text, operand)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public int evaluate(Signal signal, Context<Signal> context) {
      return Node.of(test(field.text(signal)));
    }

    @Override
    public SignalSet maybeTrue() {
      NameSet others = NameSet.of(test(""));
      NameSet own = operands.isEmpty() ? NameSet.NONE : NameSet.ALL;
      return SignalSet.ofKinds(kind -> field.kinds().contains(kind) ? own : others);
    }

    @Override
    public SignalSet maybeFalse() {
      NameSet others = NameSet.of(!test(""));
      return SignalSet.ofKinds(kind -> field.kinds().contains(kind) ? NameSet.ALL : others);
    }

    @Override
    public boolean usesStages() {
      return false;
    }
  }

  /** How numbers are compared. */
  enum NumberOperator {
    LESS("_<_"),
    LESS_OR_EQUAL("_<=_"),
    GREATER("_>_"),
    GREATER_OR_EQUAL("_>=_"),
    EQUAL("_==_"),
    NOT_EQUAL("_!=_");

    private final String celFunction;

    NumberOperator(String celFunction) {
      this.celFunction = celFunction;
    }

    /** The operator of a CEL function, or null. */
    static NumberOperator ofFunction(String function) {
      for (NumberOperator operator : values()) {
        if (operator.celFunction.equals(function)) {
          return operator;
        }
      }
      return null;
    }

    /** The operator after its sides are swapped. */
    NumberOperator swapped() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        default -> this;
      };
    }

    boolean test(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
        case EQUAL -> left == right;
        case NOT_EQUAL -> left != right;
      };
    }
  }

  /** A comparison of a number with a constant. */
  record NumberTest(SignalField field, NumberOperator operator, double operand) implements Node {
    @Override
    public int evaluate(Signal signal, Context<Signal> context) {
      return Node.of(operator.test(field.number(signal), operand));
    }

    @Override
    public SignalSet maybeTrue() {
      NameSet others = NameSet.of(operator.test(Double.NaN, operand));
      return SignalSet.ofKinds(kind -> field.kinds().contains(kind) ? NameSet.ALL : others);
    }

    @Override
    public SignalSet maybeFalse() {
      NameSet others = NameSet.of(!operator.test(Double.NaN, operand));
      return SignalSet.ofKinds(kind -> field.kinds().contains(kind) ? NameSet.ALL : others);
    }

    @Override
    public boolean usesStages() {
      return false;
    }
  }
}
