package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Series.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Step;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class StepDetectorTest {
  private static final Step SPEC = new Step("t", Duration.ofHours(24), 1, 8, "bearing");

  @Test
  void findsAStepUpWithinTensOfReadingsAndItsEnd() {
    Random random = new Random(1);
    Series series =
        new Series(SPEC, MINUTE)
            .readings(3000, h -> 20 + 2 * random.nextGaussian())
            .readings(500, h -> 24 + 2 * random.nextGaussian())
            .readings(500, h -> 20 + 2 * random.nextGaussian());

    assertThat(series.outcomes()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
    assertThat(series.onsets().get(0) - 3000).isBetween(2, 20);
    assertThat(series.clears().get(0) - 3500).isBetween(5, 60);
    assertThat(series.said().get(0).score()).isGreaterThan(8);
    assertThat(series.said().get(0).limit()).isEqualTo(8);
    assertThat(series.said().get(1).score()).isZero();
  }

  @Test
  void findsAStepDownWithANegativeScore() {
    Random random = new Random(2);
    Series series =
        new Series(SPEC, MINUTE).noise(2000, random).readings(100, h -> -2 + random.nextGaussian());

    assertThat(series.outcomes()).containsExactly(Outcome.ONSET);
    assertThat(series.said().get(0).score()).isLessThan(-8);
    assertThat(series.said().get(0).limit()).isEqualTo(-8);
  }

  @Test
  void aSingleWrongReadingIsNoStep() {
    Random random = new Random(3);
    Step calm = new Step("t", SPEC.baseline(), 1, 12, "");
    Series series = new Series(calm, MINUTE).noise(2000, random);
    for (int i = 0; i < 20; i++) {
      series.values(i % 2 == 0 ? 1e6 : -1e6).noise(50, random);
    }

    assertThat(series.said()).isEmpty();
  }

  @Test
  void findsNothingWhileLearning() {
    Random random = new Random(4);
    Series series =
        new Series(SPEC, MINUTE).noise(700, random).readings(700, h -> 5 + random.nextGaussian());

    assertThat(series.said()).isEmpty();
  }

  @Test
  void aStepThatStaysEndsWithMaintenance() {
    Random random = new Random(5);
    Series series =
        new Series(SPEC, MINUTE).noise(2000, random).readings(900, h -> 3 + random.nextGaussian());
    assertThat(series.outcomes()).containsExactly(Outcome.ONSET);

    series.relearn().readings(2500, h -> 3 + random.nextGaussian());
    assertThat(series.outcomes()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
  }

  @Test
  void goesFromAStepUpToAStepDown() {
    Cusum cusum = new Cusum(0.5, 5);
    for (int i = 0; i < 10; i++) {
      cusum.add(2);
    }
    assertThat(cusum.active()).isTrue();
    assertThat(cusum.score()).isPositive();

    Outcome last = Outcome.NONE;
    int readings = 0;
    while (last != Outcome.ONSET) {
      last = cusum.add(-2);
      readings++;
    }
    assertThat(cusum.score()).isNegative();
    assertThat(readings).isLessThan(10);
  }

  /**
   * Montgomery, Introduction to Statistical Quality Control, table of run lengths of the tabular
   * CUSUM, two-sided, k = 1/2; in control also NIST/SEMATECH 6.3.2.3. Ours bounds a single reading,
   * which matters for large shifts only.
   */
  @Test
  void runLengthsAreThePublishedOnes() {
    assertThat(runLength(4, 0, 3000)).isCloseTo(168, Percentage.withPercentage(8));
    assertThat(runLength(5, 0, 3000)).isCloseTo(465, Percentage.withPercentage(8));
    assertThat(runLength(4, 0.5, 5000)).isCloseTo(26.6, Percentage.withPercentage(5));
    assertThat(runLength(5, 0.5, 5000)).isCloseTo(38.0, Percentage.withPercentage(5));
    assertThat(runLength(4, 1, 5000)).isCloseTo(8.38, Percentage.withPercentage(4));
    assertThat(runLength(5, 1, 5000)).isCloseTo(10.4, Percentage.withPercentage(4));
    assertThat(runLength(5, 2, 5000)).isCloseTo(4.01, Percentage.withPercentage(4));
  }

  /** Siegmund's approximation (Sequential Analysis, 1985) for other slacks and intervals. */
  @Test
  void runLengthsFollowSiegmund() {
    Offset<Double> tenth = within(0.1);
    for (double[] kh : new double[][] {{0.25, 8}, {0.75, 3.3}, {1, 2.5}}) {
      double expected = siegmund(kh[0], kh[1]) / 2;
      assertThat(runLength(kh[0], kh[1], 0, 3000) / expected)
          .as("k %s, h %s", kh[0], kh[1])
          .isCloseTo(1, tenth);
    }
  }

  private static double siegmund(double slack, double decision) {
    double b = decision + 1.166;
    return (Math.exp(2 * slack * b) - 2 * slack * b - 1) / (2 * slack * slack);
  }

  private static double runLength(double decision, double shift, int runs) {
    return runLength(0.5, decision, shift, runs);
  }

  private static double runLength(double slack, double decision, double shift, int runs) {
    Random random = new Random(42);
    long readings = 0;
    for (int run = 0; run < runs; run++) {
      Cusum cusum = new Cusum(slack, decision);
      Outcome outcome = Outcome.NONE;
      while (outcome != Outcome.ONSET) {
        outcome = cusum.add(shift + random.nextGaussian());
        readings++;
      }
    }
    return (double) readings / runs;
  }
}
