package io.foreshock.patterns.condition;

import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/**
 * {@code field == stages.<stage>.name}: the same name as the last signal that an earlier stage
 * took.
 *
 * @param scope tells what symptoms are called
 * @param stage name of the stage in the compiled pattern
 */
record StageComparison(SignalField field, ConditionScope scope, String stage) implements Node {
  @Override
  public int evaluate(Signal signal, Context<Signal> context) {
    Signal taken = last(stage, context);
    if (taken == null) {
      return ERROR;
    }
    String name = scope.localName(taken.kind(), taken.name());
    if (name.isEmpty()) {
      return ERROR;
    }
    String own = field.text(signal);
    return Node.of(name.equals(field.isName() ? scope.localName(signal.kind(), own) : own));
  }

  /** Last signal that the stage took in this match, or null when it took none yet. */
  static Signal last(String stage, Context<Signal> context) {
    Signal last = null;
    try {
      for (Signal signal : context.getEventsForPattern(stage)) {
        last = signal;
      }
    } catch (RuntimeException e) {
      // The engine asks conditions before it has the match, and wants its own exception back.
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The match could not be read back from state", e);
    }
    return last;
  }

  @Override
  public SignalSet maybeTrue() {
    // An empty field never equals the name of a signal that a stage took.
    boolean symptoms = field == SignalField.SYMPTOM || field == SignalField.CLEARED;
    NameSet own =
        symptoms
            ? new NameSet(false, java.util.Set.copyOf(scope.detectorIds().values()))
            : NameSet.ALL;
    return SignalSet.ofKinds(
        (SignalKind kind) -> field.kinds().contains(kind) ? own : NameSet.NONE);
  }

  @Override
  public SignalSet maybeFalse() {
    return SignalSet.ALL;
  }

  @Override
  public boolean usesStages() {
    return true;
  }
}
