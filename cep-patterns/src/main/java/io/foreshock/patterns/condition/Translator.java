package io.foreshock.patterns.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.compiler.CelCompiler;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.condition.Comparisons.NameTest;
import io.foreshock.patterns.condition.Comparisons.NumberOperator;
import io.foreshock.patterns.condition.Comparisons.NumberTest;
import io.foreshock.patterns.condition.Comparisons.TextOperator;
import io.foreshock.patterns.condition.Comparisons.TextTest;
import io.foreshock.patterns.condition.Logic.Connective;
import io.foreshock.patterns.condition.Logic.Constant;
import io.foreshock.patterns.condition.Logic.Not;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Turns a checked expression into nodes: plain predicates where possible. */
final class Translator {
  private final CelAbstractSyntaxTree ast;
  private final CelCompiler compiler;
  private final ConditionScope scope;
  private final UnaryOperator<Node> share;

  /**
   * @param share returns the one node of its kind, so that an expression that occurs in many
   *     patterns is evaluated once per signal
   */
  Translator(
      CelAbstractSyntaxTree ast,
      CelCompiler compiler,
      ConditionScope scope,
      UnaryOperator<Node> share) {
    this.ast = ast;
    this.compiler = compiler;
    this.scope = scope;
    this.share = share;
  }

  Node translate() {
    return node(ast.getExpr());
  }

  private Node node(CelExpr expr) {
    if (expr.getKind() == ExprKind.Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE) {
      return new Constant(expr.constant().booleanValue());
    }
    if (expr.getKind() != ExprKind.Kind.CALL) {
      return interpreted(expr);
    }
    List<CelExpr> operands = Expressions.operands(expr);
    return switch (expr.call().function()) {
      case "_&&_" -> connective(Node.FALSE, expr, "_&&_");
      case "_||_" -> connective(Node.TRUE, expr, "_||_");
      case "!_" -> new Not(node(operands.get(0)));
      case "_==_" -> equality(expr, operands.get(0), operands.get(1), false);
      case "_!=_" -> equality(expr, operands.get(0), operands.get(1), true);
      case "_<_", "_<=_", "_>_", "_>=_" -> number(expr, operands.get(0), operands.get(1));
      case "@in" -> in(expr, operands.get(0), operands.get(1));
      case "startsWith" -> part(expr, TextOperator.STARTS_WITH, operands);
      case "endsWith" -> part(expr, TextOperator.ENDS_WITH, operands);
      case "contains" -> part(expr, TextOperator.CONTAINS, operands);
      default -> interpreted(expr);
    };
  }

  private Node connective(int decisive, CelExpr expr, String function) {
    List<Node> operands = new ArrayList<>();
    flatten(expr, function, operands);
    // The order does not matter to the result, so what costs most comes last.
    operands.sort(Comparator.comparingInt(Translator::cost));
    return new Connective(decisive, operands);
  }

  private void flatten(CelExpr expr, String function, List<Node> operands) {
    for (CelExpr operand : Expressions.operands(expr)) {
      if (Expressions.isCall(operand, function)) {
        flatten(operand, function, operands);
      } else {
        operands.add(node(operand));
      }
    }
  }

  private static int cost(Node node) {
    if (node instanceof NameTest || node instanceof Constant) {
      return 0;
    }
    if (node instanceof TextTest || node instanceof NumberTest) {
      return 1;
    }
    return node.usesStages() ? 3 : 2;
  }

  private Node equality(CelExpr expr, CelExpr left, CelExpr right, boolean negated) {
    if (Expressions.field(left) == null && Expressions.field(right) != null) {
      return equality(expr, right, left, negated);
    }
    SignalField field = Expressions.field(left);
    String text = Expressions.textConstant(right);
    Node equal = null;
    if (field != null && field.isText() && text != null) {
      equal = text(field, TextOperator.IN, Set.of(text));
    } else if (field != null && field.isText() && stageName(right) != null) {
      equal = new StageComparison(field, scope, stageName(right));
    } else if (field != null && field.isNumber()) {
      return number(expr, left, right);
    }
    if (equal == null) {
      return interpreted(expr);
    }
    return negated ? new Not(equal) : equal;
  }

  /** Compiled stage of a {@code stages.<stage>.name}, or null. */
  private String stageName(CelExpr expr) {
    if (expr.getKind() != ExprKind.Kind.IDENT) {
      return null;
    }
    for (Map.Entry<String, String> stage : scope.stages().entrySet()) {
      if (CelEnvironment.stageVariable(stage.getKey(), "name").equals(expr.ident().name())) {
        return stage.getValue();
      }
    }
    return null;
  }

  private Node number(CelExpr expr, CelExpr left, CelExpr right) {
    NumberOperator operator = NumberOperator.ofFunction(expr.call().function());
    if (Expressions.field(left) == null && Expressions.field(right) != null) {
      operator = operator.swapped();
      CelExpr swap = left;
      left = right;
      right = swap;
    }
    SignalField field = Expressions.field(left);
    if (field != null
        && field.isNumber()
        && right.getKind() == ExprKind.Kind.CONSTANT
        && right.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE) {
      return new NumberTest(field, operator, right.constant().doubleValue());
    }
    return interpreted(expr);
  }

  private Node in(CelExpr expr, CelExpr left, CelExpr right) {
    SignalField field = Expressions.field(left);
    Set<String> texts = Expressions.textConstants(right);
    return field != null && field.isText() && texts != null
        ? text(field, TextOperator.IN, texts)
        : interpreted(expr);
  }

  private Node part(CelExpr expr, TextOperator operator, List<CelExpr> operands) {
    SignalField field = Expressions.field(operands.get(0));
    String text = operands.size() == 2 ? Expressions.textConstant(operands.get(1)) : null;
    return field != null && field.isText() && text != null
        ? text(field, operator, Set.of(text))
        : interpreted(expr);
  }

  private Node text(SignalField field, TextOperator operator, Set<String> operands) {
    TextTest test = new TextTest(field, operator, operands);
    if (field == SignalField.SYMPTOM || field == SignalField.CLEARED) {
      // The pattern's symptoms are few: ask each once, and the rest by its empty name.
      boolean unknown = test.test("");
      Set<String> different = new TreeSet<>();
      scope
          .detectorIds()
          .forEach(
              (name, id) -> {
                if (test.test(name) != unknown) {
                  different.add(id);
                }
              });
      return new NameTest(kind(field), new NameSet(unknown, different), unknown);
    }
    return field.isName() && operator == TextOperator.IN
        ? new NameTest(kind(field), new NameSet(false, operands), operands.contains(""))
        : test;
  }

  private static SignalKind kind(SignalField field) {
    return field.kinds().iterator().next();
  }

  private Node interpreted(CelExpr expr) {
    try {
      CelAbstractSyntaxTree part = CelAbstractSyntaxTree.newParsedAst(expr, ast.getSource());
      String text = CelUnparserFactory.newUnparser().unparse(part);
      Set<String> variables = Expressions.variables(expr);
      return share.apply(new Interpreted(text, compiler.check(part).getAst(), variables, scope));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("Part of a checked expression is refused: " + expr, e);
    }
  }
}
