package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Series.HOUR;
import static io.foreshock.operators.detect.Series.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Drift;
import io.foreshock.operators.detect.DetectorSpec.Side;
import java.time.Duration;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {
  private static final int DAY_OF_MINUTES = 1440;
  private static final Drift SPEC =
      new Drift(
          "t",
          Duration.ofHours(24),
          Side.ABOVE,
          4,
          2,
          Duration.ofMinutes(30),
          Duration.ZERO,
          "bearing");

  @Test
  void staysSilentOnNoiseForAMonth() {
    Series series = new Series(SPEC, MINUTE).noise(30 * DAY_OF_MINUTES, new Random(1));

    assertThat(series.said()).isEmpty();
  }

  @Test
  void findsAShiftAndItsEnd() {
    Random random = new Random(2);
    Series series =
        new Series(SPEC, MINUTE)
            .noise(2 * DAY_OF_MINUTES, random)
            .readings(300, h -> 2 + random.nextGaussian())
            .noise(300, random);

    assertThat(series.outcomes()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
    assertThat(series.onsets().get(0) - 2 * DAY_OF_MINUTES).isBetween(3, 30);
    assertThat(series.said().get(0).score()).isGreaterThan(4);
    assertThat(series.said().get(0).limit()).isEqualTo(4);
    assertThat(series.said().get(1).score()).isLessThanOrEqualTo(2);
    assertThat(series.said().get(1).limit()).isEqualTo(2);
  }

  @Test
  void looksAtItsOwnSideOnly() {
    Random random = new Random(3);
    Drift below =
        new Drift("t", SPEC.baseline(), Side.BELOW, 4, 2, SPEC.smooth(), Duration.ZERO, "");
    Series up =
        new Series(below, MINUTE).noise(1500, random).readings(300, h -> 2 + random.nextGaussian());
    Series down =
        new Series(below, MINUTE)
            .noise(1500, random)
            .readings(300, h -> -2 + random.nextGaussian());

    assertThat(up.said()).isEmpty();
    assertThat(down.outcomes()).containsExactly(Outcome.ONSET);
    assertThat(down.said().get(0).score()).isLessThan(-4);
    assertThat(down.said().get(0).limit()).isEqualTo(-4);
  }

  @Test
  void findsASlowRampThatAPlainMovingBaselineLearns() {
    Drift spec =
        new Drift("t", SPEC.baseline(), Side.ABOVE, 5, 2, SPEC.smooth(), Duration.ZERO, "");
    // Two sigma a month, from the third day on.
    double sigmaPerHour = 2.0 / (30 * 24);
    Random random = new Random(4);
    PlainMovingBaseline plain = new PlainMovingBaseline(spec);
    boolean[] plainFound = new boolean[1];
    Series series =
        new Series(spec, MINUTE)
            .readings(
                60 * DAY_OF_MINUTES,
                h -> {
                  double value = Math.max(0, h - 48) * sigmaPerHour + random.nextGaussian();
                  plainFound[0] |= plain.isAbnormal(value);
                  return value;
                });

    // Four sigma off after two months, and the plain one has seen nothing.
    assertThat(plainFound[0]).isFalse();
    // Limit of 5 errors of 0.13 sigma each, and at most the one sigma that is followed: found at
    // 0.65 sigma or little more, for good before 2.
    assertThat(sigmaAt(series.onsets().get(0), sigmaPerHour)).isBetween(0.3, 1.0);
    assertThat(series.said().get(series.said().size() - 1).outcome()).isEqualTo(Outcome.ONSET);
    assertThat(sigmaAt(series.said().get(series.said().size() - 1).reading(), sigmaPerHour))
        .isLessThan(2);
  }

  private static double sigmaAt(int minute, double sigmaPerHour) {
    return (minute / 60.0 - 48) * sigmaPerHour;
  }

  /** What everybody writes first: mean and variance that forget, no anchor. */
  private static final class PlainMovingBaseline {
    private final Drift spec;
    private final double weight;
    private final Ewma average;
    private final double error;
    private double mean;
    private double variance = 1;
    private int count;

    PlainMovingBaseline(Drift spec) {
      this.spec = spec;
      weight = 1 - Math.exp(-1.0 / spec.baseline().toMinutes());
      average = new Ewma(spec.smooth());
      error = Math.sqrt(0.5 / spec.smooth().toMinutes());
    }

    boolean isAbnormal(double value) {
      average.add(60_000, value);
      boolean abnormal =
          count++ > DAY_OF_MINUTES
              && average.mean() - mean > spec.limitSigma() * error * Math.sqrt(variance);
      if (!abnormal) {
        double away = value - mean;
        mean += weight * away;
        variance = (1 - weight) * (variance + weight * away * away);
      }
      return abnormal;
    }
  }

  @Test
  void followsASmallChangeButNotFurtherThanOneSigmaFromTheAnchor() {
    Baseline baseline = new Baseline(Duration.ofHours(24), Duration.ZERO);
    Random random = new Random(5);
    for (int i = 0; !baseline.learned(); i++) {
      baseline.learn(i == 0 ? 0 : 60_000, random.nextGaussian(), null);
    }
    double anchor = baseline.location();
    for (int i = 0; i < 100 * DAY_OF_MINUTES; i++) {
      baseline.follow(60_000, 0.5 + random.nextGaussian());
    }
    assertThat(baseline.location()).isCloseTo(0.5, within(0.1));
    for (int i = 0; i < 100 * DAY_OF_MINUTES; i++) {
      baseline.follow(60_000, 2.5 + random.nextGaussian());
    }
    assertThat(baseline.location()).isEqualTo(anchor + baseline.sigma());
  }

  @Test
  void learnsTheScaleInSpiteOfOutliers() {
    for (double outlier : new double[] {20, -1000, 1e9}) {
      int spoiled = 0;
      for (int seed = 0; seed < 500; seed++) {
        Random random = new Random(seed);
        Ewma average = new Ewma(SPEC.smooth());
        Baseline baseline =
            learned(
                average,
                () -> random.nextDouble() < 0.1 ? outlier : 50 + 3 * random.nextGaussian());
        boolean good =
            baseline.sigma() > 2.7
                && baseline.sigma() < 4
                && Math.abs(baseline.location() - 50) < 0.5
                // Averages of 60 readings: an eighth of the scale of one.
                && baseline.standardError(average.varianceFactor()) > 0.3
                && baseline.standardError(average.varianceFactor()) < 0.9;
        spoiled += good ? 0 : 1;
      }
      // A quarter of the first 64 may be outliers by chance.
      assertThat(spoiled).as("spoiled of 500 by outliers of %s", outlier).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void learnsTheMeanOfASkewedChannelNotItsMedian() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Baseline baseline =
          learned(new Ewma(SPEC.smooth()), () -> -Math.log(1 - random.nextDouble()));

      // Mean and deviation 1, median 0.69, quartile scale 0.81.
      assertThat(baseline.location()).as("seed %s", seed).isCloseTo(0.95, within(0.1));
      assertThat(baseline.sigma()).as("seed %s", seed).isCloseTo(0.9, within(0.1));
    }
  }

  private static Baseline learned(Ewma average, DoubleSupplier readings) {
    Baseline baseline = new Baseline(SPEC.baseline(), SPEC.smooth());
    for (int i = 0; !baseline.learned(); i++) {
      baseline.learn(i == 0 ? 0 : 60_000, readings.getAsDouble(), average);
    }
    return baseline;
  }

  @Test
  void aDailyCycleIsNotADriftWhereverLearningStarts() {
    for (int start = 0; start < 24; start += 3) {
      int phase = start;
      Random random = new Random(8);
      Series series =
          new Series(SPEC, MINUTE)
              .readings(
                  20 * DAY_OF_MINUTES,
                  h -> 20 + 5 * Math.sin((h + phase) * Math.PI / 12) + 0.3 * random.nextGaussian());

      assertThat(series.said()).as("learning starts at hour %s", start).isEmpty();
    }
  }

  @Test
  void waitsForTheHoldTime() {
    Drift held = new Drift("t", SPEC.baseline(), Side.ABOVE, 4, 2, SPEC.smooth(), HOUR, "");
    Random random = new Random(9);
    Series shorter =
        new Series(held, MINUTE)
            .noise(1500, random)
            .readings(45, h -> 2 + random.nextGaussian())
            .readings(300, h -> -1 + random.nextGaussian());
    Series longer =
        new Series(held, MINUTE).noise(1500, random).readings(300, h -> 2 + random.nextGaussian());

    assertThat(shorter.said()).isEmpty();
    assertThat(longer.outcomes()).containsExactly(Outcome.ONSET);
    assertThat(longer.onsets().get(0) - 1500).isBetween(63, 100);
  }

  @Test
  void timeOfflineDoesNotCountAsBaseline() {
    Random random = new Random(10);
    Series series =
        new Series(SPEC, MINUTE)
            .noise(600, random)
            .gap(Duration.ofDays(3))
            .noise(600, random)
            .readings(100, h -> 50 + random.nextGaussian());

    // 20 hours of readings and a gap that counts 72 minutes: still learning.
    assertThat(series.said()).isEmpty();
  }

  @Test
  void needsTwentyReadingsHoweverFarApart() {
    Drift hourly = new Drift("t", HOUR, Side.ABOVE, 4, 2, Duration.ZERO, Duration.ZERO, "");
    Random random = new Random(11);
    Series early =
        new Series(hourly, Duration.ofHours(3)).noise(17, random).values(1000, 1000, 1000);
    Series late = new Series(hourly, Duration.ofHours(3)).noise(21, random).values(1000);

    assertThat(early.said()).isEmpty();
    assertThat(late.outcomes()).containsExactly(Outcome.ONSET);
  }

  @Test
  void aChannelThatNeverMovedIsLearnedWhenItDoes() {
    Series series = new Series(SPEC, MINUTE).readings(3 * DAY_OF_MINUTES, h -> 7);
    assertThat(series.said()).isEmpty();

    series.values(7.1).readings(100, h -> 7).readings(300, h -> 8);
    assertThat(series.outcomes()).containsExactly(Outcome.ONSET);
  }

  @Test
  void learnsAnewAfterMaintenanceAndEndsTheSymptom() {
    Random random = new Random(12);
    Series series =
        new Series(SPEC, MINUTE).noise(1500, random).readings(300, h -> 5 + random.nextGaussian());
    assertThat(series.outcomes()).containsExactly(Outcome.ONSET);

    series.relearn();
    assertThat(series.outcomes()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
    assertThat(series.said().get(1).score()).isNaN();

    series.readings(2 * DAY_OF_MINUTES, h -> 5 + random.nextGaussian());
    assertThat(series.outcomes()).hasSize(2);
    series.readings(300, h -> 10 + random.nextGaussian());
    assertThat(series.outcomes()).containsExactly(Outcome.ONSET, Outcome.CLEARED, Outcome.ONSET);
  }

  @Test
  void isCarefulAfterAGapBecauseTheAverageRestsOnOneReading() {
    Random random = new Random(13);
    Series series =
        new Series(SPEC, MINUTE)
            .noise(1500, random)
            .gap(Duration.ofDays(2))
            .values(2.5)
            .noise(100, random);

    // 2.5 sigma is nothing for one reading, but would be 19 errors of a settled average.
    assertThat(series.said()).isEmpty();
  }
}
