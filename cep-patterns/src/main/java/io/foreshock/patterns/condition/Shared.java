package io.foreshock.patterns.condition;

import io.foreshock.model.Signal;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/**
 * A node that remembers its answer to the last signal: an expression that many stages or patterns
 * hold is evaluated once per signal. Signals never change, so the same object is the same signal.
 * Used by one thread, as everything that {@link ConditionCompiler} makes.
 */
final class Shared implements Node {
  private final Node node;
  private Signal last;
  private int answer;

  Shared(Node node) {
    if (node.usesStages()) {
      throw new IllegalArgumentException("The answer depends on the match: " + node);
    }
    this.node = node;
  }

  @Override
  public int evaluate(Signal signal, Context<Signal> context) {
    if (signal != last) {
      answer = node.evaluate(signal, context);
      last = signal;
    }
    return answer;
  }

  @Override
  public SignalSet maybeTrue() {
    return node.maybeTrue();
  }

  @Override
  public SignalSet maybeFalse() {
    return node.maybeFalse();
  }

  @Override
  public boolean usesStages() {
    return false;
  }

  Node node() {
    return node;
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
