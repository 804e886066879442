package io.foreshock.patterns.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import io.foreshock.patterns.condition.Logic.Connective;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles conditions. One compiler per task serves all its patterns, so that equal expressions are
 * evaluated once per signal; what it makes is used by one thread.
 */
public final class ConditionCompiler {
  private final Map<Node, Node> shared = new HashMap<>();
  private final Map<Set<String>, CelCompiler> compilers = new HashMap<>();
  private final ConditionErrors errors = new ConditionErrors("no pattern");

  /** How often a condition made here, of no pattern in particular, could not be evaluated. */
  public ConditionErrors errors() {
    return errors;
  }

  /** Compiles one condition of no pattern in particular. */
  public StageCondition compile(String expression, ConditionScope scope) {
    return compile(expression, scope, errors);
  }

  /**
   * Compiles one condition.
   *
   * @param expression CEL, gives a truth value
   * @param scope what it may name
   * @param errors told when it cannot be evaluated
   * @throws InvalidConditionException with all reasons when it cannot be compiled
   */
  public StageCondition compile(String expression, ConditionScope scope, ConditionErrors errors) {
    CelCompiler compiler = compiler(expression, scope);
    CelAbstractSyntaxTree checked = check(expression, scope, compiler);
    List<String> reasons = Vocabulary.misused(checked.getExpr(), scope);
    if (!reasons.isEmpty()) {
      throw new InvalidConditionException(reasons);
    }
    Node node = new Translator(checked, compiler, scope, this::share).translate();
    boolean worthSharing = node instanceof Connective && !node.usesStages();
    return new StageCondition(expression, scope, worthSharing ? share(node) : node, errors);
  }

  /**
   * To build a compiler takes ten times as long as to use it, and most conditions name no stage.
   */
  private CelCompiler compiler(String expression, ConditionScope scope) {
    return CelEnvironment.mentionsStages(expression)
        ? compilers.computeIfAbsent(Set.copyOf(scope.stages().keySet()), CelEnvironment::compiler)
        : CelEnvironment.compilerWithoutStages();
  }

  /** The whole condition left to CEL's interpreter: what {@link #compile} must agree with. */
  StageCondition interpret(String expression, ConditionScope scope) {
    CelCompiler compiler = compiler(expression, scope);
    CelAbstractSyntaxTree checked = check(expression, scope, compiler);
    try {
      Node node =
          new Interpreted(expression, checked, Expressions.variables(checked.getExpr()), scope);
      return new StageCondition(expression, scope, node, errors);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("CEL cannot run what it checked: " + expression, e);
    }
  }

  private Node share(Node node) {
    return node.usesStages()
        ? shared.computeIfAbsent(node, n -> n)
        : shared.computeIfAbsent(node, Shared::new);
  }

  private static CelAbstractSyntaxTree check(
      String expression, ConditionScope scope, CelCompiler compiler) {
    if (expression.length() > CelEnvironment.MAXIMUM_LENGTH) {
      throw new InvalidConditionException(
          List.of(
              "is longer than "
                  + CelEnvironment.MAXIMUM_LENGTH
                  + " characters. Split it over several stages or patterns."));
    }
    CelMessages messages = new CelMessages(expression, scope);
    CelValidationResult parsed = compiler.parse(expression);
    try {
      if (parsed.hasError()) {
        throw new InvalidConditionException(messages.syntax(parsed.getErrors()));
      }
      CelValidationResult checked = compiler.check(Expressions.withDecimalNumbers(parsed.getAst()));
      if (checked.hasError()) {
        throw new InvalidConditionException(messages.types(checked.getErrors()));
      }
      CelAbstractSyntaxTree ast = checked.getAst();
      if (!SimpleType.BOOL.equals(ast.getResultType())) {
        throw new InvalidConditionException(List.of(messages.notACondition(ast.getResultType())));
      }
      return ast;
    } catch (CelValidationException e) {
      throw new IllegalStateException("CEL names no error in: " + expression, e);
    }
  }
}
