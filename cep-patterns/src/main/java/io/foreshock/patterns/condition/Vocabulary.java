package io.foreshock.patterns.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.operators.documents.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Texts that a field can have at all: a condition that compares with another one is a mistake. */
final class Vocabulary {

  private Vocabulary() {}

  /** Comparisons with texts that cannot occur. */
  static List<String> misused(CelExpr expr, ConditionScope scope) {
    Set<String> reasons = new TreeSet<>();
    collect(expr, (field, text) -> reasons.addAll(misuse(field, text, scope)));
    return new ArrayList<>(reasons);
  }

  /** Texts that the field is compared with. */
  static Set<String> comparedWith(CelExpr expr, SignalField wanted) {
    Set<String> texts = new TreeSet<>();
    collect(
        expr,
        (field, text) -> {
          if (field == wanted) {
            texts.add(text);
          }
        });
    return texts;
  }

  private interface Sink {
    void comparison(SignalField field, String text);
  }

  private static void collect(CelExpr expr, Sink sink) {
    if (expr.getKind() == ExprKind.Kind.LIST) {
      Expressions.elements(expr).forEach(element -> collect(element, sink));
    }
    if (expr.getKind() != ExprKind.Kind.CALL) {
      return;
    }
    List<CelExpr> operands = Expressions.operands(expr);
    operands.forEach(operand -> collect(operand, sink));
    if (operands.size() != 2 || !Set.of("_==_", "_!=_", "@in").contains(expr.call().function())) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      SignalField field = Expressions.field(operands.get(i));
      if (field != null) {
        CelExpr other = operands.get(1 - i);
        String text = Expressions.textConstant(other);
        Set<String> texts = Expressions.textConstants(other);
        if (text != null) {
          sink.comparison(field, text);
        } else if (texts != null) {
          texts.forEach(t -> sink.comparison(field, t));
        }
      }
    }
  }

  private static List<String> misuse(SignalField field, String text, ConditionScope scope) {
    if (text.isEmpty()) {
      return List.of();
    }
    return switch (field) {
      case SYMPTOM, CLEARED -> {
        Collection<String> names = scope.detectorIds().keySet();
        yield names.contains(text)
            ? List.of()
            : List.of(
                "names a symptom \""
                    + text
                    + "\" that the pattern does not define. "
                    + (names.isEmpty()
                        ? "Define it under \"symptoms\"."
                        : Suggestions.forName(text, names)));
      }
      case STATE -> oneOf(field, text, OperatingStateChange.State.values());
      case FAULT_SEVERITY -> oneOf(field, text, FaultCode.Severity.values());
      case MAINTENANCE_KIND -> oneOf(field, text, MaintenanceEvent.Kind.values());
      default -> List.of();
    };
  }

  private static List<String> oneOf(SignalField field, String text, Enum<?>[] values) {
    List<String> names =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    return names.contains(text)
        ? List.of()
        : List.of(
            "compares "
                + field.variable()
                + " with \""
                + text
                + "\", which it never is. "
                + Suggestions.forName(text, names));
  }
}
