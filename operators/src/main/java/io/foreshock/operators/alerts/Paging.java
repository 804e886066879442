package io.foreshock.operators.alerts;

import io.foreshock.model.Detection.Severity;

/** How far the escalation of one occurrence has come, and when the next page is due. */
final class Paging {
  /** Step that was reached, from 1; 0 before the first. */
  int step;

  /** How often it was repeated. */
  int repeat;

  /** When the next page is due; {@link Scope#NEVER} for none. */
  long nextAt = Scope.NEVER;

  /** Step of the next page. */
  int nextStep;

  /** When the delays of the steps began to count. */
  long anchorAt;

  /** When the last page was due. */
  long lastAt;

  /** Begins anew, from the first step. */
  void restart(long at, Scope scope, Severity severity) {
    step = 0;
    repeat = 0;
    anchorAt = at;
    lastAt = at;
    schedule(scope, severity);
  }

  void stop() {
    nextAt = Scope.NEVER;
  }

  /** Takes the page that is due; returns whether others are told than before. */
  boolean page(long at, Scope scope, Severity severity) {
    boolean escalates = step > 0 && nextStep > step;
    repeat = nextStep > step ? 0 : repeat + 1;
    step = nextStep;
    lastAt = at;
    schedule(scope, severity);
    return escalates;
  }

  /**
   * Plans the next page. Delays count from the page before, so that pages that a silence held up do
   * not all go out at its end.
   */
  void schedule(Scope scope, Severity severity) {
    EscalationPolicy policy = scope.policy();
    nextAt = Scope.NEVER;
    int next = policy.stepFrom(step + 1, severity);
    if (next > 0) {
      nextStep = next;
      long before = step == 0 ? 0 : policy.steps().get(step - 1).after().toMillis();
      long after = policy.steps().get(next - 1).after().toMillis();
      nextAt =
          policy.opening(
              next,
              severity,
              (step == 0 ? anchorAt : lastAt) + after - before,
              scope.place().zone());
    } else if (step > 0
        && repeat < policy.repeatTimes()
        && step <= policy.steps().size()
        && policy.stepFrom(step, severity) == step) {
      nextStep = step;
      nextAt =
          policy.opening(
              step, severity, lastAt + policy.repeatEvery().toMillis(), scope.place().zone());
    }
  }

  Paging copy() {
    Paging copy = new Paging();
    copy.step = step;
    copy.repeat = repeat;
    copy.nextAt = nextAt;
    copy.nextStep = nextStep;
    copy.anchorAt = anchorAt;
    copy.lastAt = lastAt;
    return copy;
  }
}
