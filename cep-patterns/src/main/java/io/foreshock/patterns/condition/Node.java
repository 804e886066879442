package io.foreshock.patterns.condition;

import io.foreshock.model.Signal;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/**
 * A condition, ready to be evaluated. CEL's logic has three values: an error on one side of {@code
 * &&} or {@code ||} does not matter when the other side decides.
 */
interface Node {
  int FALSE = 0;
  int TRUE = 1;
  int ERROR = 2;

  /**
   * Evaluates without side effects.
   *
   * @param context gives the signals that earlier stages took; only used when {@link #usesStages()}
   */
  int evaluate(Signal signal, Context<Signal> context);

  /** Signals for which it can be true, by kind and name; may hold more, never less. */
  SignalSet maybeTrue();

  /** Signals for which it can be false; may hold more, never less. */
  SignalSet maybeFalse();

  /** Whether it depends on the match, not on the signal alone. */
  boolean usesStages();

  static int of(boolean value) {
    return value ? TRUE : FALSE;
  }
}
