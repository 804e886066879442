package io.foreshock.operators.alerts;

import java.util.List;

/**
 * What the life of one alert depends on beside its events. One instance serves one alert at a time.
 *
 * @param rules how alerts live
 * @param policy who is told
 * @param place where the asset stands
 * @param quiets times of silence that concern the alert
 */
record Scope(AlertRules rules, EscalationPolicy policy, Placement place, List<Quiet> quiets) {
  static final long NEVER = Long.MAX_VALUE;

  long disorder() {
    return rules.disorder().toMillis();
  }

  /** End of the time of silence that covers a time; 0 when none does. */
  long quietUntil(long millis, boolean shown) {
    long until = 0;
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Quiet quiet : quiets) {
        if ((!shown || quiet.kind() != Quiet.Kind.PAUSE)
            && quiet.holdsAt(Math.max(until, millis))
            && quiet.untilMillis() > until) {
          until = quiet.untilMillis();
          grows = true;
        }
      }
    }
    return until;
  }

  /** The next time after the given one at which a silence begins or ends. */
  long boundaryAfter(long millis) {
    long next = NEVER;
    for (Quiet quiet : quiets) {
      if (quiet.untilMillis() > quiet.fromMillis()) {
        if (quiet.fromMillis() > millis) {
          next = Math.min(next, quiet.fromMillis());
        }
        if (quiet.untilMillis() > millis) {
          next = Math.min(next, quiet.untilMillis());
        }
      }
    }
    return next;
  }

  /** Whether work was planned at an event time. */
  boolean inMaintenance(long eventTimeMillis) {
    for (Quiet quiet : quiets) {
      if (quiet.kind() == Quiet.Kind.MAINTENANCE && quiet.holdsAt(eventTimeMillis)) {
        return true;
      }
    }
    return false;
  }
}
