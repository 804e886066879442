package io.foreshock.operators.sessions;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules by class of asset, and what holds for all of them.
 *
 * @param rules at most one for a class, at most one for all others
 * @param horizon how far behind the asset's clock sessions are remembered, to be extended and
 *     merged
 * @param correctionDelay how long late readings are gathered before what they change is told, on
 *     the ingest clock
 * @param maxRemembered sessions of one asset that are remembered at most; one more, and the oldest
 *     is forgotten
 * @param forgetAfter silence, on the ingest clock, after which all about an asset is forgotten; not
 *     below the horizon. What it uploads later begins anew
 */
public record SessionRules(
    List<SessionRule> rules,
    Duration horizon,
    Duration correctionDelay,
    int maxRemembered,
    Duration forgetAfter)
    implements Serializable {
  public static final Duration DEFAULT_HORIZON = Duration.ofDays(3);
  public static final Duration DEFAULT_CORRECTION_DELAY = Duration.ofMinutes(1);
  public static final int DEFAULT_MAX_REMEMBERED = 256;
  public static final Duration DEFAULT_FORGET_AFTER = Duration.ofDays(90);

  public SessionRules {
    rules = List.copyOf(rules);
  }

  /** Default memory. */
  public static SessionRules of(SessionRule... rules) {
    return new SessionRules(
        List.of(rules),
        DEFAULT_HORIZON,
        DEFAULT_CORRECTION_DELAY,
        DEFAULT_MAX_REMEMBERED,
        DEFAULT_FORGET_AFTER);
  }

  /** Rules by class; the rule for all others under the empty name. */
  Map<String, SessionRule> byClass() {
    Map<String, SessionRule> byClass = new HashMap<>();
    for (SessionRule rule : rules) {
      if (rule.assetClasses().isEmpty()) {
        byClass.put("", rule);
      }
      rule.assetClasses().forEach(name -> byClass.put(name, rule));
    }
    return byClass;
  }
}
