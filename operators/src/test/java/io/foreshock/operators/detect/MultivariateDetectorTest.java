package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Detector.Outcome.CLEARED;
import static io.foreshock.operators.detect.Detector.Outcome.NONE;
import static io.foreshock.operators.detect.Detector.Outcome.ONSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.operators.detect.DetectorSpec.Statistic;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MultivariateDetectorTest {
  private final Random random = new Random(8);

  private MultivariateDetector learned(DetectorSpec.Multivariate spec) {
    MultivariateDetector detector = new MultivariateDetector(spec);
    Vectors.giveNormal(detector, random, 0, 400);
    return detector;
  }

  @Test
  void findsWhatNoChannelShowsAlone() {
    MultivariateDetector detector = learned(Vectors.health(Statistic.MAHALANOBIS, 6));

    // Each value is one deviation off, which is nothing; but never in opposite directions.
    assertThat(Vectors.give(detector, 401, 55, 18)).isEqualTo(ONSET);
    assertThat(detector.score()).isGreaterThan(6);
    assertThat(detector.limit()).isEqualTo(6);
    assertThat(Vectors.give(detector, 402, 55, 22)).isEqualTo(CLEARED);
    assertThat(detector.limit()).isEqualTo(6 * 0.6);
  }

  @Test
  void residualFeelsAnotherRelationAndSquaredScoreMoreOfTheSame() {
    MultivariateDetector relation = learned(Vectors.health(Statistic.Q, 1));
    MultivariateDetector level = learned(Vectors.health(Statistic.T2, 20));

    assertThat(Vectors.give(relation, 500, 80, 32)).isEqualTo(NONE);
    assertThat(Vectors.give(relation, 501, 55, 18)).isEqualTo(ONSET);
    assertThat(Vectors.give(level, 500, 55, 18)).isEqualTo(NONE);
    assertThat(Vectors.give(level, 501, 80, 32)).isEqualTo(ONSET);
  }

  @Test
  void blamesTheChannelThatMoved() {
    MultivariateDetector detector = learned(Vectors.health(Statistic.MAHALANOBIS, 6));
    Vectors.give(detector, 500, 50, 30);

    assertThat(detector.leading()).isEqualTo(1);
    assertThat(detector.leadingValue()).isEqualTo(30);
  }

  @ParameterizedTest
  @EnumSource(Statistic.class)
  void keepsTheFalseAlarmRate(Statistic statistic) {
    DetectorSpec.Multivariate given = Vectors.health(statistic, 1);
    DetectorSpec.Multivariate spec =
        new DetectorSpec.Multivariate(
            given.channels(),
            Duration.ofSeconds(4000),
            statistic,
            Double.NaN,
            0.02,
            1,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            "");
    MultivariateDetector detector = new MultivariateDetector(spec);
    Vectors.giveNormal(detector, random, 0, 4000);
    int beyond = 0;
    boolean on = false;
    for (int second = 4000; second < 24_000; second++) {
      Detector.Outcome outcome = Vectors.give(detector, second, Vectors.normal(random));
      on = outcome == ONSET || on && outcome != CLEARED;
      beyond += on ? 1 : 0;
    }

    // 2 % of 20,000, with room for what 4,000 vectors leave unknown.
    assertThat(beyond).isBetween(320, 490);
  }

  @Test
  void locationFollowsAWarmingMachineAndStandsStillInAFault() {
    MultivariateDetector detector =
        new MultivariateDetector(Vectors.following(Duration.ofSeconds(5), Duration.ofSeconds(60)));
    Vectors.giveNormal(detector, random, 0, 400);
    double warm = 0;
    for (int second = 400; second < 4000; second++) {
      warm += 0.01;
      double[] vector = Vectors.normal(random);
      assertThat(Vectors.give(detector, second, vector[0] + warm, vector[1]))
          .as("second %s", second)
          .isEqualTo(NONE);
    }
    int onset = 0;
    for (int second = 4000; second < 4600; second++) {
      double[] vector = Vectors.normal(random);
      Detector.Outcome outcome = Vectors.give(detector, second, vector[0] + warm - 30, vector[1]);
      onset = outcome == ONSET ? second : onset;
      assertThat(outcome).isNotEqualTo(CLEARED);
    }
    assertThat(onset).isBetween(4003, 4015);
    int cleared = 0;
    for (int second = 4600; second < 4800; second++) {
      double[] vector = Vectors.normal(random);
      if (Vectors.give(detector, second, vector[0] + warm, vector[1]) == CLEARED) {
        cleared = second;
      }
    }
    // Inside for twenty seconds without a break.
    assertThat(cleared).isBetween(4620, 4700);
  }

  @Test
  void learningGoesOnUntilAChannelMoves() {
    MultivariateDetector detector =
        new MultivariateDetector(Vectors.health(Statistic.MAHALANOBIS, 6));
    for (int second = 0; second < 1000; second++) {
      assertThat(Vectors.give(detector, second, 50, 20)).isEqualTo(NONE);
    }
    assertThat(Vectors.give(detector, 1000, 5000, 20)).isEqualTo(NONE);
  }

  @Test
  void maintenanceStartsTheLearningAnew() {
    MultivariateDetector detector = learned(Vectors.health(Statistic.MAHALANOBIS, 6));
    Vectors.give(detector, 500, 50, 30);

    assertThat(detector.relearn()).isEqualTo(CLEARED);
    assertThat(detector.score()).isNaN();
    assertThat(Vectors.give(detector, 501, 50, 30)).isEqualTo(NONE);
  }

  @Test
  void oneWrongReadingIsNoSymptomOfAnAverage() {
    MultivariateDetector detector =
        new MultivariateDetector(Vectors.following(Duration.ofSeconds(10), Duration.ofSeconds(60)));
    Vectors.giveNormal(detector, random, 0, 400);

    assertThat(Vectors.give(detector, 400, 1e9, 20)).isEqualTo(NONE);
    for (int second = 401; second < 440; second++) {
      assertThat(Vectors.give(detector, second, Vectors.normal(random))).isEqualTo(NONE);
    }
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(() -> Detector.of(Vectors.health(Statistic.T2, -1)))
        .hasMessageContaining("a positive limit, or a false alarm rate");
    DetectorSpec.ChangePoint given = Vectors.changes(5);
    assertThatThrownBy(
            () ->
                Detector.of(
                    new DetectorSpec.ChangePoint(
                        List.of("a", "a"),
                        given.baseline(),
                        5,
                        given.smooth(),
                        given.over(),
                        given.settle(),
                        given.gap(),
                        "")))
        .hasMessageContaining("a channel must not be named twice");
  }
}
