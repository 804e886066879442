package io.foreshock.patterns.condition;

/** How often a condition could not be evaluated. Written by one task, read by its metrics. */
public final class ConditionErrors {
  private volatile long total;

  // One writer: a lost update cannot happen.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void count() {
    total++;
  }

  public long total() {
    return total;
  }
}
