package io.foreshock.notifier.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a channel tries again.
 *
 * @param firstDelay wait after the first failure, doubled with each
 * @param longestDelay longest wait between attempts
 * @param giveUpAfter from the first attempt; the first failure after it is the last
 */
public record Patience(Duration firstDelay, Duration longestDelay, Duration giveUpAfter) {

  /**
   * Wait after this many failures: between half and all of the doubled delay, so that what failed
   * together does not come back together.
   */
  Duration delay(int failures, RandomGenerator random) {
    double most =
        Math.min(
            longestDelay.toNanos(),
            firstDelay.toNanos() * Math.pow(2, Math.min(failures, 60) - 1.0));
    return Duration.ofNanos((long) (most * (0.5 + 0.5 * random.nextDouble())));
  }
}
