package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Series.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.Trend;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendDetectorTest {
  private static final Trend RISE = new Trend("t", Duration.ofHours(6), Side.ABOVE, 0.5, 4);

  @Test
  void findsASteadyRiseAndItsEnd() {
    Random random = new Random(1);
    Series series =
        new Series(RISE, MINUTE)
            .readings(2000, h -> 20 + random.nextGaussian())
            .readings(1000, h -> 20 + (h - 2000 / 60.0) + random.nextGaussian())
            .readings(2000, h -> 20 + 1000 / 60.0 + random.nextGaussian());

    assertThat(series.outcomes()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
    assertThat(series.onsets().get(0)).isBetween(2100, 2900);
    assertThat(series.clears().get(0)).isBetween(3100, 4500);
    assertThat(series.said().get(0).score()).isGreaterThan(0.5);
    assertThat(series.said().get(0).limit()).isEqualTo(0.5);
    assertThat(series.said().get(1).score()).isLessThanOrEqualTo(0.25);
    assertThat(series.said().get(1).limit()).isEqualTo(0.25);
  }

  @Test
  void findsAFall() {
    Trend fall = new Trend("t", Duration.ofHours(6), Side.BELOW, -0.5, 4);
    Random random = new Random(2);
    Series series =
        new Series(fall, MINUTE).readings(2000, h -> 90 - 0.8 * h + random.nextGaussian());

    assertThat(series.outcomes()).containsExactly(Outcome.ONSET);
    assertThat(series.said().get(0).score()).isCloseTo(-0.8, within(0.2));
  }

  @Test
  void staysSilentBelowTheLimitAndOnNoise() {
    Random random = new Random(3);
    Series slow = new Series(RISE, MINUTE).readings(5000, h -> 0.3 * h + random.nextGaussian());
    Series noise = new Series(RISE, MINUTE).readings(20000, h -> 10 * random.nextGaussian());

    assertThat(slow.said()).isEmpty();
    assertThat(noise.said()).isEmpty();
  }

  @Test
  void judgesNothingBeforeItHasSeenEnough() {
    Series early = new Series(RISE, MINUTE).readings(6 * 60, h -> 10 * h);
    Series later = new Series(RISE, MINUTE).readings(8 * 60, h -> 10 * h);
    Series sparse = new Series(RISE, Duration.ofHours(4)).readings(50, h -> 10 * h);

    assertThat(early.said()).isEmpty();
    assertThat(later.outcomes()).containsExactly(Outcome.ONSET);
    assertThat(sparse.said()).isEmpty();
  }

  @Test
  void theLineIsTheWeightedLeastSquaresLineAtAnySpacing() {
    Random random = new Random(4);
    WeightedLine line = new WeightedLine(Duration.ofHours(2));
    int n = 300;
    double[] hours = new double[n];
    double[] values = new double[n];
    long millis = 0;
    for (int i = 0; i < n; i++) {
      long step = i == 0 ? 0 : 1 + random.nextInt(600_000);
      millis += step;
      hours[i] = millis / 3_600_000.0;
      // A large offset: sums of squares would lose the digits that matter.
      values[i] = 1e6 + 0.3 * hours[i] + 0.1 * random.nextGaussian();
      line.add(step, values[i]);
    }
    double w = 0;
    double wt = 0;
    double wx = 0;
    for (int i = 0; i < n; i++) {
      double weight = Math.exp((hours[i] - hours[n - 1]) / 2);
      w += weight;
      wt += weight * (hours[i] - hours[n - 1]);
      wx += weight * (values[i] - 1e6);
    }
    double tMean = wt / w;
    double xMean = wx / w;
    double tt = 0;
    double tx = 0;
    double xx = 0;
    double spread = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double weight = Math.exp((hours[i] - hours[n - 1]) / 2);
      double t = hours[i] - hours[n - 1] - tMean;
      double x = values[i] - 1e6 - xMean;
      tt += weight * t * t;
      tx += weight * t * x;
      xx += weight * x * x;
      spread += weight * weight * t * t;
      squares += weight * weight;
    }
    double slope = tx / tt;
    double variance = (xx - slope * tx) / (w - squares / w - spread / tt);
    assertThat(line.slopePerHour()).isCloseTo(slope, within(1e-6));
    assertThat(line.slopeError()).isCloseTo(Math.sqrt(variance * spread) / tt, within(1e-6));
    assertThat(line.effectiveReadings()).isCloseTo(w * w / squares, within(1e-6));
    assertThat(line.spreadHours()).isCloseTo(Math.sqrt(tt / w), within(1e-6));
  }

  @Test
  void theStandardErrorIsThatOfTheSlope() {
    Random random = new Random(5);
    double sum = 0;
    double squares = 0;
    double errors = 0;
    int runs = 2000;
    for (int run = 0; run < runs; run++) {
      WeightedLine line = new WeightedLine(Duration.ofHours(1));
      for (int i = 0; i < 200; i++) {
        line.add(i == 0 ? 0 : 60_000 + random.nextInt(120_000), random.nextGaussian());
      }
      sum += line.slopePerHour();
      squares += line.slopePerHour() * line.slopePerHour();
      errors += line.slopeError() * line.slopeError();
    }
    assertThat(sum / runs).isCloseTo(0, within(0.02));
    assertThat(Math.sqrt(squares / errors)).isCloseTo(1, within(0.05));
  }
}
