package io.foreshock.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes next, how long it lasts, how long the quiet after it. Follows from the seed
 * alone. Every round has the same kinds, in random order.
 */
final class FaultPlan {
  private static final int SHORTEST_HOLD_MILLIS = 500;
  // Longer than heartbeats and sessions last, so that some of those that are stopped are given up.
  private static final int LONGEST_HOLD_MILLIS = 9_000;
  private static final int LONGEST_QUIET_MILLIS = 4_000;
  private static final double UNSETTLED = 0.2;

  private final Random random;
  private final List<FaultKind> kinds;
  private final List<FaultKind> round = new ArrayList<>();

  /**
   * One fault.
   *
   * @param hold how long what is stopped stays stopped, and what is full stays full
   * @param settles whether the job may recover before the next fault
   * @param quiet how long nothing happens after it has
   * @param choice which of several victims, from 0 to 1
   */
  record Fault(FaultKind kind, Duration hold, boolean settles, Duration quiet, double choice) {}

  /**
   * @param kinds kinds of one round; a kind may come several times
   */
  FaultPlan(long seed, List<FaultKind> kinds) {
    this.random = new Random(seed);
    this.kinds = List.copyOf(kinds);
  }

  Fault next() {
    if (round.isEmpty()) {
      round.addAll(kinds);
      Collections.shuffle(round, random);
    }
    return new Fault(
        round.remove(round.size() - 1),
        Duration.ofMillis(
            SHORTEST_HOLD_MILLIS + random.nextInt(LONGEST_HOLD_MILLIS - SHORTEST_HOLD_MILLIS)),
        random.nextDouble() >= UNSETTLED,
        Duration.ofMillis(random.nextInt(LONGEST_QUIET_MILLIS)),
        random.nextDouble());
  }
}
