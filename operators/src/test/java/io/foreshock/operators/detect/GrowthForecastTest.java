package io.foreshock.operators.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.RemainingLife;
import io.foreshock.operators.detect.DetectorSpec.Growth;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class GrowthForecastTest {
  private static final Growth GROWTH =
      new Growth(1, 5, 0.2, 0.02, 0.005, 0.3, Duration.ofHours(120));

  @Test
  void knowsNothingBeforeTheWearBegins() {
    GrowthForecast forecast = new GrowthForecast(GROWTH);

    forecast.add(1, 0.99);

    assertThat(forecast.began()).isFalse();
    assertThat(forecast.remaining()).isEqualTo(new RemainingLife(120, 120, 120));
  }

  @Test
  void expectsTheGrowthOfItsKindAtFirst() {
    GrowthForecast forecast = new GrowthForecast(GROWTH);

    forecast.add(1, 2);

    assertThat(forecast.remainingHours()).isCloseTo(Math.log(5 / 2.0) / 0.02, within(1e-9));
  }

  @Test
  void learnsTheGrowthOfThisMachine() {
    GrowthForecast forecast =
        new GrowthForecast(new Growth(1, 5, 0.2, 0.02, 0.005, 0.03, Duration.ofHours(120)));
    for (int hour = 0; hour <= 50; hour++) {
      forecast.add(1, 1.01 * Math.exp(0.03 * hour));
    }

    // ln(5 / 1.01) / 0.03 = 53.3 h in all, of which 50 have passed.
    assertThat(forecast.remainingHours()).isCloseTo(3.3, within(0.2));
  }

  /** Posterior of the same model in one step: normal equations with the prior as precision. */
  @Test
  void givesWhatBayesianRegressionInOneStepGives() {
    Random random = new Random(3);
    GrowthForecast forecast = new GrowthForecast(GROWTH);
    double noise = GROWTH.scatter() * GROWTH.scatter();
    double[][] precision = {{0, 0}, {0, 1 / (0.005 * 0.005)}};
    double[] right = {0, 0.02 / (0.005 * 0.005)};
    for (int hour = 0; hour <= 40; hour++) {
      double log = 0.1 + 0.022 * hour + 0.05 * random.nextGaussian();
      forecast.add(1, Math.exp(log));
      precision[0][0] += 1 / noise;
      precision[0][1] += hour / noise;
      precision[1][1] += hour * hour / noise;
      right[0] += log / noise;
      right[1] += hour * log / noise;
    }
    double determinant = precision[0][0] * precision[1][1] - precision[0][1] * precision[0][1];
    double start = (precision[1][1] * right[0] - precision[0][1] * right[1]) / determinant;
    double rate = (precision[0][0] * right[1] - precision[0][1] * right[0]) / determinant;

    assertThat(forecast.remainingHours())
        .isCloseTo((Math.log(5) - start) / rate - 40, within(1e-6));
  }

  /** The tenths are where the two lines of the model cross: put back into the model. */
  @Test
  void givesTenthsThatSolveTheModel() {
    GrowthForecast forecast =
        new GrowthForecast(new Growth(1, 5, 0.2, 0.02, 0.002, 0.3, Duration.ofDays(90)));
    forecast.add(1, 2);
    RemainingLife life = forecast.remaining();

    for (double hours : new double[] {life.lowHours(), life.highHours()}) {
      double toGo = Math.log(2 / 5.0) + 0.02 * hours;
      double deviation = Math.sqrt(0.3 * 0.3 + 0.2 * 0.2 + hours * hours * 0.002 * 0.002);
      assertThat(Math.abs(toGo / deviation)).isCloseTo(1.2815515655446004, within(1e-9));
    }
    assertThat(life.lowHours()).isLessThan(life.hours());
    assertThat(life.hours()).isLessThan(life.highHours());
  }

  @Test
  void coversTheTruthInAboutEightOfTen() {
    Random random = new Random(11);
    int covered = 0;
    int machines = 2_000;
    for (int i = 0; i < machines; i++) {
      GrowthForecast forecast =
          new GrowthForecast(new Growth(1, 5, 0.2, 0.02, 0.005, 0.3, Duration.ofDays(90)));
      double rate = Math.max(0.004, 0.02 + 0.005 * random.nextGaussian());
      double life = (Math.log(5) + 0.2 * random.nextGaussian()) / rate;
      double now = life * (0.2 + 0.6 * random.nextDouble());
      for (int hour = 0; hour <= now; hour++) {
        forecast.add(1, Math.exp(rate * hour + 0.3 * random.nextGaussian()));
      }
      RemainingLife said = forecast.remaining();
      double left = life - Math.floor(now);
      covered += said.lowHours() <= left && left <= said.highHours() ? 1 : 0;
    }

    assertThat(covered / (double) machines).isBetween(0.72, 0.88);
  }

  @Test
  void hasNoUpperTenthWhenItMayNotGrowAtAll() {
    GrowthForecast forecast =
        new GrowthForecast(new Growth(1, 5, 0.2, 0.02, 0.02, 0.3, Duration.ofDays(90)));

    forecast.add(1, 2);

    assertThat(forecast.remaining().highHours()).isEqualTo(90 * 24);
  }

  @Test
  void forgetsWearThatWentAway() {
    GrowthForecast forecast = new GrowthForecast(GROWTH);

    forecast.add(1, 3);
    forecast.add(1, 0.4);

    assertThat(forecast.began()).isFalse();
  }

  @Test
  void isMovedLittleByOneWrongReading() {
    GrowthForecast forecast = new GrowthForecast(GROWTH);
    for (int hour = 0; hour <= 40; hour++) {
      forecast.add(1, 1.01 * Math.exp(0.02 * hour));
    }
    double before = forecast.remainingHours();

    forecast.add(1, 1e9);

    assertThat(forecast.remainingHours()).isBetween(before - 12, before);
  }

  @Test
  void hasNothingLeftBeyondTheLevelOfFailure() {
    GrowthForecast forecast = new GrowthForecast(GROWTH);
    for (int hour = 0; hour <= 120; hour++) {
      forecast.add(1, 1.01 * Math.exp(0.02 * hour));
    }

    assertThat(forecast.remaining().hours()).isZero();
    assertThat(forecast.remaining().lowHours()).isZero();
  }

  @Test
  void takesSixtyBytesHoweverLongItRuns() throws IOException {
    GrowthForecast forecast = new GrowthForecast(GROWTH);
    for (int hour = 0; hour < 10_000; hour++) {
      forecast.add(1, 1.5 + hour % 2);
    }
    DataOutputSerializer out = new DataOutputSerializer(64);
    forecast.write(out);
    GrowthForecast other = new GrowthForecast(GROWTH);
    other.read(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(out.length()).isLessThan(60);
    assertThat(other.remaining()).isEqualTo(forecast.remaining());
  }
}
