package io.foreshock.patterns.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/** An expression that is left to CEL's interpreter: 0.4 to 1.1 microseconds each time. */
final class Interpreted implements Node, CelVariableResolver {
  private static final AssetRef NO_ASSET = new AssetRef("-", "-", "");

  /** A field of a signal that an earlier stage took. */
  private record StageField(String stage, String field) {}

  private final String expression;
  private final ConditionScope scope;
  private final Set<String> variables;
  private final boolean usesStages;
  private final Map<String, StageField> stageFields = new HashMap<>();
  private final CelRuntime.Program program;
  private final SignalSet maybeTrue;
  private final SignalSet maybeFalse;

  // The signal being looked at; only set while the program runs.
  private Signal signal;
  private Context<Signal> context;

  /** What the match threw: not a matter of the expression, so it is passed on. */
  private RuntimeException fromMatch;

  private String problem = "";

  /**
   * @param expression canonical text, part of the identity
   * @param variables variables that occur in it
   */
  Interpreted(
      String expression, CelAbstractSyntaxTree checked, Set<String> variables, ConditionScope scope)
      throws CelEvaluationException {
    this.expression = expression;
    this.variables = Set.copyOf(variables);
    this.usesStages = variables.stream().anyMatch(CelEnvironment::isStageVariable);
    // Only what it depends on, so that equal expressions of different patterns are one.
    this.scope =
        new ConditionScope(
            usesStages || mentionsSymptoms() ? scope.detectorIds() : Map.of(),
            usesStages ? scope.stages() : Map.of());
    this.program = CelEnvironment.runtime().createProgram(checked);
    scope
        .stages()
        .forEach(
            (stage, compiledName) -> {
              for (String field : CelEnvironment.STAGE_FIELDS.keySet()) {
                stageFields.put(
                    CelEnvironment.stageVariable(stage, field),
                    new StageField(compiledName, field));
              }
            });
    this.maybeTrue = possible(TRUE);
    this.maybeFalse = possible(FALSE);
  }

  @Override
  public int evaluate(Signal signal, Context<Signal> context) {
    this.signal = signal;
    this.context = context;
    try {
      Object result = program.eval(this);
      // Not a Boolean when a variable had no value: CEL's "unknown".
      if (result instanceof Boolean value) {
        return Node.of(value);
      }
      problem = "a value is missing";
      return failed();
    } catch (CelEvaluationException | RuntimeException e) {
      problem = String.valueOf(e.getMessage());
      return failed();
    } finally {
      this.signal = null;
      this.context = null;
      this.fromMatch = null;
    }
  }

  private int failed() {
    if (fromMatch != null) {
      throw fromMatch;
    }
    return ERROR;
  }

  /** Why the last evaluation that failed did, in CEL's words. */
  String problem() {
    return problem;
  }

  @Override
  public Optional<Object> find(String variable) {
    SignalField field = SignalField.ofVariable(variable);
    if (field != null) {
      return Optional.of(value(field, signal));
    }
    StageField stageField = stageFields.get(variable);
    if (stageField == null) {
      return Optional.empty();
    }
    Signal taken = lastOf(stageField.stage());
    if (taken == null) {
      return Optional.empty();
    }
    return switch (stageField.field()) {
      case "name" -> {
        String name = scope.localName(taken.kind(), taken.name());
        yield name.isEmpty() ? Optional.empty() : Optional.of(name);
      }
      case "value" -> Optional.of(taken.value());
      default -> Optional.of(Instant.ofEpochMilli(taken.eventTimeMillis()));
    };
  }

  private Signal lastOf(String stage) {
    try {
      return StageComparison.last(stage, context);
    } catch (RuntimeException e) {
      fromMatch = e;
      throw e;
    }
  }

  private Object value(SignalField field, Signal signal) {
    if (field == SignalField.TIME) {
      return Instant.ofEpochMilli(signal.eventTimeMillis());
    }
    if (field.isNumber()) {
      return field.number(signal);
    }
    String text = field.text(signal);
    return field == SignalField.SYMPTOM || field == SignalField.CLEARED
        ? scope.symptomOf(text)
        : text;
  }

  /** Kinds that have none of the variables give one answer, which is found by asking once. */
  private SignalSet possible(int answer) {
    return SignalSet.ofKinds(
        kind -> {
          if (usesStages || variables.stream().anyMatch(v -> has(kind, v))) {
            return NameSet.ALL;
          }
          return NameSet.of(evaluate(anySignal(kind), null) == answer);
        });
  }

  private static boolean has(SignalKind kind, String variable) {
    SignalField field = SignalField.ofVariable(variable);
    return field != null && field.kinds().contains(kind);
  }

  private static Signal anySignal(SignalKind kind) {
    return new Signal(
        NO_ASSET, kind, "-", "", "", "", 0L, Double.NaN, Double.NaN, Double.NaN, false);
  }

  boolean mentionsSymptoms() {
    return variables.contains(SignalField.SYMPTOM.variable())
        || variables.contains(SignalField.CLEARED.variable());
  }

  @Override
  public SignalSet maybeTrue() {
    return maybeTrue;
  }

  @Override
  public SignalSet maybeFalse() {
    return maybeFalse;
  }

  @Override
  public boolean usesStages() {
    return usesStages;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Interpreted that
        && expression.equals(that.expression)
        && scope.equals(that.scope);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  @Override
  public String toString() {
    return "Interpreted[" + expression + "]";
  }
}
