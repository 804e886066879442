package io.foreshock.patterns.condition;

import io.foreshock.model.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often the conditions of a pattern could not be evaluated. The first is logged with its
 * reason, the others are counted. Written by one task, read by its metrics.
 */
public final class ConditionErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ConditionErrors.class);

  private final String pattern;
  private String first = "";
  private volatile long total;

  /**
   * @param pattern whose conditions they are, for the log
   */
  public ConditionErrors(String pattern) {
    this.pattern = pattern;
  }

  // One writer: a lost update cannot happen.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void count(StageCondition condition, Signal signal) {
    if (total == 0) {
      first =
          "A condition of %s could not be evaluated and counts as not fulfilled: %s, on %s \"%s\" of %s: %s. More are only counted (metric conditionErrors)."
              .formatted(
                  pattern,
                  condition,
                  signal.kind(),
                  signal.name(),
                  signal.asset().key(),
                  condition.problem());
      LOG.warn(first);
    }
    total++;
  }

  /** Goes on counting where the same pattern was before it was compiled again. */
  public void continueFrom(ConditionErrors before) {
    first = before.first;
    total = before.total;
  }

  public long total() {
    return total;
  }

  /** What was logged; empty when there was no error. */
  public String first() {
    return first;
  }
}
