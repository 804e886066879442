package io.foreshock.fleet;

import java.util.SplittableRandom;

/**
 * Weather at one site: a pure function of time.
 *
 * <p>Air temperature follows the sun (lowest before dawn, highest in mid-afternoon) with slow
 * weather on top; relative humidity falls as the air warms, since the water in it stays the same
 * (Magnus formula, about −6 % of itself per kelvin; WMO-No. 8, annex 4.B).
 */
final class Ambient {
  private static final double HOUR = 3_600_000.0;

  private final double meanCelsius;
  private final double swingCelsius;
  private final double meanHumidity;
  private final double[] phases = new double[3];
  private long hotFrom = Long.MAX_VALUE;
  private long hotUntil = Long.MAX_VALUE;
  private double hotCelsius;

  Ambient(SplittableRandom random) {
    meanCelsius = Randoms.between(random, 15, 20);
    swingCelsius = Randoms.between(random, 3.5, 5.5);
    meanHumidity = Randoms.between(random, 55, 65);
    for (int i = 0; i < phases.length; i++) {
      phases[i] = Randoms.between(random, 0, 2 * Math.PI);
    }
  }

  /** A spell of hot weather, rising and falling smoothly. */
  void hotSpell(long fromMillis, long untilMillis, double peakCelsius) {
    hotFrom = fromMillis;
    hotUntil = untilMillis;
    hotCelsius = peakCelsius;
  }

  double celsius(long millis) {
    double hour = millis / HOUR;
    double sun = swingCelsius * Math.cos(2 * Math.PI * (hour - 15) / 24);
    double weather =
        0.8 * Math.sin(2 * Math.PI * hour / 53 + phases[0])
            + 0.5 * Math.sin(2 * Math.PI * hour / 31 + phases[1])
            + 0.2 * Math.sin(2 * Math.PI * hour / 7 + phases[2]);
    return meanCelsius + sun + weather + hotSpellAt(millis);
  }

  double relativeHumidityPercent(long millis) {
    double warmer = celsius(millis) - meanCelsius;
    return Math.min(98, Math.max(12, meanHumidity * Math.exp(-0.06 * warmer)));
  }

  private double hotSpellAt(long millis) {
    if (millis < hotFrom || millis >= hotUntil) {
      return 0;
    }
    double x = (millis - hotFrom) / (double) (hotUntil - hotFrom);
    return hotCelsius * 0.5 * (1 - Math.cos(2 * Math.PI * x));
  }
}
