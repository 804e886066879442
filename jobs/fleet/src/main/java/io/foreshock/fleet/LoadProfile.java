package io.foreshock.fleet;

import java.util.SplittableRandom;

/**
 * How hard a machine has to work: a pure function of time, between 0 and 1.2 of its rating.
 *
 * <p>Demand is low at night and has a morning and an evening peak, as that of a water or heat
 * supply.
 */
final class LoadProfile {
  private static final double HOUR = 3_600_000.0;

  private final double base;
  private final double swing;
  private final double shiftHours;
  private final double wobblePhase;
  private long stepFrom = Long.MAX_VALUE;
  private long stepUntil = Long.MAX_VALUE;
  private double stepSize;

  LoadProfile(SplittableRandom random) {
    base = Randoms.between(random, 0.62, 0.78);
    swing = Randoms.between(random, 0.06, 0.12);
    shiftHours = Randoms.between(random, -1, 1);
    wobblePhase = Randoms.between(random, 0, 2 * Math.PI);
  }

  /** More demand for a while, e.g. a neighbouring pump is off; begins and ends within a minute. */
  void step(long fromMillis, long untilMillis, double size) {
    stepFrom = fromMillis;
    stepUntil = untilMillis;
    stepSize = size;
  }

  double at(long millis) {
    double hour = millis / HOUR + shiftHours;
    double day =
        -0.8 * Math.cos(2 * Math.PI * (hour - 2) / 24)
            - 0.5 * Math.cos(4 * Math.PI * (hour - 2) / 24);
    double wobble = 0.02 * Math.sin(2 * Math.PI * hour / 1.7 + wobblePhase);
    double step = millis >= stepFrom && millis < stepUntil ? stepSize : 0;
    return Math.min(1.2, Math.max(0.2, base + swing * day + wobble + step));
  }
}
