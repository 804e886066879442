package io.foreshock.patterns.condition;

import io.foreshock.model.Signal;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/**
 * A compiled condition as flink-cep wants it. An expression that cannot be evaluated (an earlier
 * stage that took nothing, a division by zero) does not hold; it is counted, never thrown.
 */
public final class StageCondition extends IterativeCondition<Signal> {
  private static final long serialVersionUID = 1L;

  private final transient String expression;
  private final transient ConditionScope scope;
  private final transient Node node;
  private final transient ConditionErrors errors;

  StageCondition(String expression, ConditionScope scope, Node node, ConditionErrors errors) {
    this.expression = expression;
    this.scope = scope;
    this.node = node;
    this.errors = errors;
  }

  @Override
  public boolean filter(Signal signal, Context<Signal> context) {
    int value = node.evaluate(signal, context);
    if (value == Node.ERROR) {
      errors.count(this, signal);
      return false;
    }
    return value == Node.TRUE;
  }

  /** Signals that may satisfy it, by kind and name; may hold more, never less. */
  public SignalSet mayAccept() {
    return node.maybeTrue();
  }

  /** Whether no signal can ever satisfy it. */
  public boolean neverHolds() {
    return node.maybeTrue().isEmpty() || Contradictions.in(node);
  }

  /** Whether two conditions are the same after translation. */
  public boolean sameAs(StageCondition other) {
    return node.equals(other.node);
  }

  /** Whether it looks at signals that earlier stages took. */
  public boolean usesStages() {
    return node.usesStages();
  }

  /** Detectors whose symptoms it names; all of the pattern's when that cannot be told. */
  public Set<String> detectors() {
    Set<String> ids = new HashSet<>();
    collectDetectors(node, ids);
    return ids;
  }

  private void collectDetectors(Node part, Set<String> ids) {
    if (part instanceof Shared shared) {
      collectDetectors(shared.node(), ids);
    } else if (part instanceof Logic.Not not) {
      collectDetectors(not.operand(), ids);
    } else if (part instanceof Logic.Connective connective) {
      connective.operands().forEach(operand -> collectDetectors(operand, ids));
    } else if (part instanceof Comparisons.NameTest test) {
      ids.addAll(test.names().names());
    } else if (part instanceof StageComparison
        || part instanceof Interpreted interpreted && interpreted.mentionsSymptoms()) {
      ids.addAll(scope.detectorIds().values());
    }
  }

  /** Why the last evaluation failed, in words. */
  String problem() {
    String problem = problem(node);
    return problem.isEmpty() ? "a value is missing" : problem;
  }

  private static String problem(Node part) {
    if (part instanceof Shared shared) {
      return problem(shared.node());
    } else if (part instanceof Logic.Not not) {
      return problem(not.operand());
    } else if (part instanceof Logic.Connective connective) {
      return connective.operands().stream()
          .map(StageCondition::problem)
          .filter(problem -> !problem.isEmpty())
          .findFirst()
          .orElse("");
    } else if (part instanceof StageComparison) {
      return "an earlier stage took no signal";
    }
    return part instanceof Interpreted interpreted ? interpreted.problem() : "";
  }

  Node node() {
    return node;
  }

  @Override
  public String toString() {
    return expression;
  }

  /** Compiled again where it is read: the parts of CEL cannot travel. */
  private Object writeReplace() {
    return new Written(expression, scope);
  }

  private record Written(String expression, ConditionScope scope) implements Serializable {
    private Object readResolve() {
      return new ConditionCompiler().compile(expression, scope);
    }
  }
}
