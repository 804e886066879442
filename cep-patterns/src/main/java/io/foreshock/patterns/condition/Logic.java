package io.foreshock.patterns.condition;

import io.foreshock.model.Signal;
import java.util.List;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/** Constants and connectives. */
final class Logic {

  private Logic() {}

  record Constant(boolean value) implements Node {
    @Override
    public int evaluate(Signal signal, Context<Signal> context) {
      return Node.of(value);
    }

    @Override
    public SignalSet maybeTrue() {
      return SignalSet.of(value);
    }

    @Override
    public SignalSet maybeFalse() {
      return SignalSet.of(!value);
    }

    @Override
    public boolean usesStages() {
      return false;
    }
  }

  record Not(Node operand) implements Node {
    @Override
    public int evaluate(Signal signal, Context<Signal> context) {
      int value = operand.evaluate(signal, context);
      return value == ERROR ? ERROR : 1 - value;
    }

    @Override
    public SignalSet maybeTrue() {
      return operand.maybeFalse();
    }

    @Override
    public SignalSet maybeFalse() {
      return operand.maybeTrue();
    }

    @Override
    public boolean usesStages() {
      return operand.usesStages();
    }
  }

  /**
   * {@code &&} or {@code ||} of any number of operands, cheap ones first.
   *
   * @param decisive value of an operand that decides the whole: FALSE for and, TRUE for or
   */
  record Connective(int decisive, List<Node> operands) implements Node {
    Connective {
      operands = List.copyOf(operands);
    }

    @Override
    public int evaluate(Signal signal, Context<Signal> context) {
      int result = 1 - decisive;
      for (int i = 0; i < operands.size(); i++) {
        int value = operands.get(i).evaluate(signal, context);
        if (value == decisive) {
          return decisive;
        }
        if (value == ERROR) {
          result = ERROR;
        }
      }
      return result;
    }

    @Override
    public SignalSet maybeTrue() {
      return decisive == FALSE ? allOf(true) : anyOf(true);
    }

    @Override
    public SignalSet maybeFalse() {
      return decisive == FALSE ? anyOf(false) : allOf(false);
    }

    private SignalSet allOf(boolean value) {
      return operands.stream()
          .map(node -> value ? node.maybeTrue() : node.maybeFalse())
          .reduce(SignalSet.ALL, SignalSet::intersect);
    }

    private SignalSet anyOf(boolean value) {
      return operands.stream()
          .map(node -> value ? node.maybeTrue() : node.maybeFalse())
          .reduce(SignalSet.NONE, SignalSet::union);
    }

    @Override
    public boolean usesStages() {
      return operands.stream().anyMatch(Node::usesStages);
    }
  }
}
