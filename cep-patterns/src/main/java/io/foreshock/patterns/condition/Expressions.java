package io.foreshock.patterns.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Small questions to CEL's syntax trees. */
final class Expressions {
  private static final Set<String> NUMBERS = Set.of("value", "score", "limit");
  private static final Set<String> COMPARISONS =
      Set.of("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in");
  private static final Set<String> ARITHMETIC = Set.of("_+_", "_-_", "_*_", "_/_", "-_");

  private Expressions() {}

  /** Arguments of a call, the target first when there is one. */
  static List<CelExpr> operands(CelExpr call) {
    List<CelExpr> all = new ArrayList<>();
    call.call().target().ifPresent(all::add);
    // By the interface: the class's own method would name Guava's list type.
    Expression.Call<CelExpr> any = call.call();
    all.addAll(any.args());
    return all;
  }

  static List<CelExpr> elements(CelExpr list) {
    Expression.List<CelExpr> any = list.list();
    return any.elements();
  }

  static boolean isCall(CelExpr expr, String function) {
    return expr.getKind() == ExprKind.Kind.CALL && expr.call().function().equals(function);
  }

  /** Text of a constant, or null when it is none. */
  static String textConstant(CelExpr expr) {
    return expr.getKind() == ExprKind.Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? expr.constant().stringValue()
        : null;
  }

  /** Texts of a list of constants, or null when it holds anything else. */
  static Set<String> textConstants(CelExpr expr) {
    if (expr.getKind() != ExprKind.Kind.LIST) {
      return null;
    }
    Set<String> texts = new TreeSet<>();
    for (CelExpr element : elements(expr)) {
      String text = textConstant(element);
      if (text == null) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }

  /** Field of a signal that a checked expression names, or null. */
  static SignalField field(CelExpr expr) {
    return expr.getKind() == ExprKind.Kind.IDENT
        ? SignalField.ofVariable(expr.ident().name())
        : null;
  }

  /** Variables of a checked expression. */
  static Set<String> variables(CelExpr expr) {
    Set<String> names = new TreeSet<>();
    collectVariables(expr, names);
    return names;
  }

  private static void collectVariables(CelExpr expr, Set<String> names) {
    switch (expr.getKind()) {
      case IDENT -> names.add(expr.ident().name());
      case CALL -> operands(expr).forEach(operand -> collectVariables(operand, names));
      case LIST -> elements(expr).forEach(element -> collectVariables(element, names));
      case SELECT -> collectVariables(expr.select().operand(), names);
      case MAP ->
          ((Expression.Map<CelExpr.CelMap.Entry>) expr.map())
              .entries()
              .forEach(
                  entry -> {
                    collectVariables(entry.key(), names);
                    collectVariables(entry.value(), names);
                  });
      default -> {
        // Constants name nothing; there are no macros and no messages.
      }
    }
  }

  /**
   * Makes whole numbers next to a value decimal, so that people may write {@code value > 5}: CEL
   * itself does not compare a double with an int.
   */
  static CelAbstractSyntaxTree withDecimalNumbers(CelAbstractSyntaxTree parsed) {
    CelMutableAst ast = CelMutableAst.fromCelAst(parsed);
    promoteComparisons(ast.expr());
    return ast.toParsedAst(true);
  }

  private static void promoteComparisons(CelMutableExpr expr) {
    if (expr.getKind() != ExprKind.Kind.CALL) {
      return;
    }
    CelMutableExpr.CelMutableCall call = expr.call();
    if (COMPARISONS.contains(call.function())
        && call.args().stream().anyMatch(Expressions::mentionsNumber)) {
      call.args().forEach(Expressions::promote);
    } else {
      call.args().forEach(Expressions::promoteComparisons);
    }
  }

  private static boolean mentionsNumber(CelMutableExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> NUMBERS.contains(expr.ident().name());
      case SELECT -> expr.select().field().equals("value");
      case CALL ->
          ARITHMETIC.contains(expr.call().function())
              && expr.call().args().stream().anyMatch(Expressions::mentionsNumber);
      default -> false;
    };
  }

  private static void promote(CelMutableExpr expr) {
    switch (expr.getKind()) {
      case CONSTANT -> {
        if (expr.constant().getKind() == CelConstant.Kind.INT64_VALUE) {
          expr.setConstant(CelConstant.ofValue((double) expr.constant().int64Value()));
        }
      }
      case CALL -> {
        if (ARITHMETIC.contains(expr.call().function())) {
          expr.call().args().forEach(Expressions::promote);
        }
      }
      case LIST -> expr.list().elements().forEach(Expressions::promote);
      default -> {
        // Nothing to make decimal.
      }
    }
  }
}
