package io.foreshock.cli.demo;

import io.foreshock.cli.CliFailure;
import io.foreshock.fleet.FleetConfig;
import java.time.Duration;

/**
 * What is shown.
 *
 * @param fleet simulated fleet
 * @param minutes how long messages are sent, by the wall clock
 * @param speed simulated seconds per second
 */
record DemoSettings(FleetConfig fleet, double minutes, double speed) {
  /**
   * Simulated time of a demo at its own speed: three days, in which faults of all kinds complete.
   */
  static final Duration USUAL_SPAN = Duration.ofHours(72);

  /** Seed of the fleet shown by default; the catalogue was not tuned on it. */
  static final long USUAL_SEED = 2026;

  /** Simulated span that no demo exceeds. */
  private static final Duration LONGEST_SPAN = Duration.ofDays(60);

  /**
   * @param speed 0 for the speed that shows three days
   */
  static DemoSettings of(long seed, int assets, double minutes, double speed) {
    if (!(minutes > 0 && minutes <= 24 * 60)) {
      throw CliFailure.wrongInput(
          "--minutes must be above 0 and at most 1440, but is " + minutes + ".");
    }
    if (!(speed >= 0 && speed <= 100_000)) {
      throw CliFailure.wrongInput("--speed must lie between 0 and 100000, but is " + speed + ".");
    }
    if (assets < 3 || assets > 20_000) {
      throw CliFailure.wrongInput("--assets must lie between 3 and 20000, but is " + assets + ".");
    }
    double effective = speed > 0 ? speed : USUAL_SPAN.toSeconds() / (minutes * 60);
    Duration span = Duration.ofMillis(Math.round(minutes * 60_000 * effective));
    if (span.compareTo(LONGEST_SPAN) > 0) {
      throw CliFailure.wrongInput(
          "--minutes and --speed make "
              + span.toDays()
              + " simulated days; at most "
              + LONGEST_SPAN.toDays()
              + " are possible. Lower one of them.");
    }
    return new DemoSettings(FleetConfig.demo(seed, assets, span), minutes, effective);
  }
}
