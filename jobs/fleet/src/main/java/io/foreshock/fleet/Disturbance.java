package io.foreshock.fleet;

/**
 * Something that happens to healthy machines and announces no failure. Whoever reports it raises a
 * false alarm.
 *
 * @param kind what happens
 * @param fromMillis simulated time at which it begins
 * @param untilMillis simulated time at which it ends (exclusive)
 */
public record Disturbance(Kind kind, long fromMillis, long untilMillis) {

  /** What happens. */
  public enum Kind {
    /** The whole site is up to 7 K warmer for ten hours. */
    HOT_DAY,
    /** A fifth more load for some hours. */
    LOAD_STEP,
    /** One sample of one channel is far off. */
    OUTLIER,
    /** One channel is missing for a while. */
    DROP_OUT,
    /** The machine stands still for some hours and starts cold. */
    COLD_START
  }

  boolean covers(long millis) {
    return millis >= fromMillis && millis < untilMillis;
  }
}
