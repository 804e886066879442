package io.foreshock.backtest.score;

import java.time.Duration;

/**
 * The rules by which alarms are held against failures.
 *
 * @param horizon an alarm at t is true when its component fails in (t, t + horizon]
 * @param silence after an accepted alarm its asset and component are silent for this long
 */
public record Protocol(Duration horizon, Duration silence) {

  /** Two days of horizon and a day of silence. */
  public static final Protocol DEFAULT = new Protocol(Duration.ofHours(48), Duration.ofHours(24));

  public Protocol {
    if (horizon.isNegative() || horizon.isZero()) {
      throw new IllegalArgumentException("The horizon must be positive, but is " + horizon + ".");
    }
    if (silence.isNegative()) {
      throw new IllegalArgumentException(
          "The silence must not be negative, but is " + silence + ".");
    }
  }

  long horizonMillis() {
    return horizon.toMillis();
  }

  long silenceMillis() {
    return silence.toMillis();
  }

  double horizonHours() {
    return horizon.toMillis() / (double) Score.HOUR_MILLIS;
  }
}
