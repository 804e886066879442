package io.foreshock.backtest.score;

/**
 * An accepted alarm and what came of it.
 *
 * @param failureMillis time of the failure that followed within the horizon; {@link #NOTHING} when
 *     none did
 */
public record Verdict(ComponentEvent alarm, long failureMillis) {
  /** No failure followed. */
  public static final long NOTHING = Long.MIN_VALUE;

  public boolean isTrue() {
    return failureMillis != NOTHING;
  }

  /** Hours from the alarm to the failure; NaN for a false alarm. */
  public double leadHours() {
    return isTrue() ? (failureMillis - alarm.millis()) / (double) Score.HOUR_MILLIS : Double.NaN;
  }
}
