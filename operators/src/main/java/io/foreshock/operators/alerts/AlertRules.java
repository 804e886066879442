package io.foreshock.operators.alerts;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How alerts live.
 *
 * @param disorder how late a detection may come and still take its place in the order of event
 *     times; nothing waits for it
 * @param expireAfter an alert of which nothing was seen for this long expires; at least as long as
 *     the horizon of its detections
 * @param stepDownAfter severity falls by one level when nothing of at least that severity was seen
 *     for this long
 * @param flapCount times that an alert may expire and come back within {@code flapWindow}; once
 *     more and it is held open until it was quiet for so long
 * @param flapWindow see {@code flapCount}
 * @param forgetAfter a closed alert is forgotten after this time
 * @param pageMaxAge a detection older than this when it arrives goes on record and raises nothing
 * @param startGrace how long after its start a task lets overdue timers wait for what came
 *     meanwhile
 * @param maxAlertsPerAsset alerts of one asset that are kept at most
 * @param downFailureModes failure modes whose open alert means that the asset is down: nobody is
 *     paged for the assets below it
 * @param releaseAfter how long after a parent came back its children's held pages wait
 * @param storm when pages become a summary
 * @param policies first that covers an alert applies
 */
public record AlertRules(
    Duration disorder,
    Duration expireAfter,
    Duration stepDownAfter,
    int flapCount,
    Duration flapWindow,
    Duration forgetAfter,
    Duration pageMaxAge,
    Duration startGrace,
    int maxAlertsPerAsset,
    Set<String> downFailureModes,
    Duration releaseAfter,
    Storm storm,
    List<EscalationPolicy> policies)
    implements Serializable {

  /** What a storm is one of. */
  public enum StormGroup {
    SITE,
    TENANT
  }

  /**
   * One page of a group passes at once; what follows within {@code window} becomes one summary, and
   * while it goes on, further summaries at windows twice as long each, up to {@code longestWindow}.
   */
  public record Storm(StormGroup group, Duration window, Duration longestWindow)
      implements Serializable {}

  public static final AlertRules DEFAULT =
      new AlertRules(
          Duration.ofSeconds(10),
          Duration.ofHours(72),
          Duration.ofHours(24),
          3,
          Duration.ofHours(24),
          Duration.ofDays(30),
          Duration.ofHours(24),
          Duration.ofSeconds(10),
          200,
          Set.of("down", "offline", "outage", "power-loss"),
          Duration.ofMinutes(2),
          new Storm(StormGroup.SITE, Duration.ofSeconds(10), Duration.ofMinutes(5)),
          List.of());

  public AlertRules {
    downFailureModes = Set.copyOf(downFailureModes);
    policies = List.copyOf(policies);
  }

  /** The policy of an alert. */
  EscalationPolicy policy(String tenant, Placement place, String component, String failureMode) {
    for (EscalationPolicy policy : policies) {
      if (policy.scope().covers(tenant, place, component, failureMode)) {
        return policy;
      }
    }
    return EscalationPolicy.NONE;
  }

  /** The same with other policies. */
  public AlertRules with(List<EscalationPolicy> others) {
    return new AlertRules(
        disorder,
        expireAfter,
        stepDownAfter,
        flapCount,
        flapWindow,
        forgetAfter,
        pageMaxAge,
        startGrace,
        maxAlertsPerAsset,
        downFailureModes,
        releaseAfter,
        storm,
        others);
  }
}
