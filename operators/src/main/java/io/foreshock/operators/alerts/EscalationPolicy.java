package io.foreshock.operators.alerts;

import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification.Recipient;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is told about an alert, when, and how often: data, read from YAML.
 *
 * @param name name of the policy
 * @param scope alerts that it is for
 * @param steps first step first; delays do not fall
 * @param repeatEvery time between repeats of the last step; zero for no repeats
 * @param repeatTimes how often the last step is repeated
 */
public record EscalationPolicy(
    String name, Scope scope, List<Step> steps, Duration repeatEvery, int repeatTimes)
    implements Serializable {

  /** Nobody is told anything. */
  public static final EscalationPolicy NONE =
      new EscalationPolicy("", Scope.ALL, List.of(), Duration.ZERO, 0);

  public EscalationPolicy {
    steps = List.copyOf(steps);
  }

  /** Alerts by their facts; an empty set is for every one. */
  public record Scope(
      Set<String> tenants,
      Set<String> sites,
      Set<String> assetClasses,
      Set<String> components,
      Set<String> failureModes)
      implements Serializable {
    public static final Scope ALL = new Scope(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    boolean covers(String tenant, Placement place, String component, String failureMode) {
      return holds(tenants, tenant)
          && holds(sites, place.site())
          && holds(assetClasses, place.assetClass())
          && holds(components, component)
          && holds(failureModes, failureMode);
    }

    private static boolean holds(Set<String> allowed, String value) {
      return allowed.isEmpty() || allowed.contains(value);
    }
  }

  /**
   * One step.
   *
   * @param after time since the alert was raised, reopened, or became severer
   * @param targets who is told
   */
  public record Step(Duration after, List<Target> targets) implements Serializable {}

  /**
   * Some recipients.
   *
   * @param recipients whom
   * @param severities at which severities of the alert
   * @param during in which hours; null for any time
   */
  public record Target(List<Recipient> recipients, Set<Severity> severities, BusinessHours during)
      implements Serializable {}

  /**
   * The first step from the given one on that tells somebody at this severity, ever.
   *
   * @return number of the step from 1; 0 when there is none
   */
  int stepFrom(int step, Severity severity) {
    for (int number = step; number <= steps.size(); number++) {
      for (Target target : steps.get(number - 1).targets()) {
        if (target.severities().contains(severity)) {
          return number;
        }
      }
    }
    return 0;
  }

  /** The first time at or after the given one at which a step tells somebody. */
  long opening(int step, Severity severity, long millis, ZoneId site) {
    long first = Long.MAX_VALUE;
    for (Target target : steps.get(step - 1).targets()) {
      if (target.severities().contains(severity)) {
        first =
            Math.min(
                first, target.during() == null ? millis : target.during().opening(millis, site));
      }
    }
    return first;
  }

  /** Whom a step tells at a time, each once. */
  List<Recipient> recipients(int step, Severity severity, long millis, ZoneId site) {
    Set<Recipient> all = new LinkedHashSet<>();
    for (Target target : steps.get(step - 1).targets()) {
      if (target.severities().contains(severity)
          && (target.during() == null || target.during().isOpen(millis, site))) {
        all.addAll(target.recipients());
      }
    }
    return List.copyOf(all);
  }

  /** Whom the steps up to one may have told at any time: they hear of the end, too. */
  List<Recipient> toldUpTo(int step) {
    Set<Recipient> all = new LinkedHashSet<>();
    for (int number = 1; number <= Math.min(step, steps.size()); number++) {
      steps.get(number - 1).targets().forEach(target -> all.addAll(target.recipients()));
    }
    return new ArrayList<>(all);
  }
}
