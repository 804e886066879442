package io.foreshock.backtest.data.cmapss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.backtest.data.cmapss.CmapssData.Engine;
import io.foreshock.operators.detect.DetectorSpec.Degradation;
import io.foreshock.operators.detect.DetectorSpec.Growth;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemainingLifeErrorsTest {
  /** Nothing is forecast but the longest life: engines of one flight tell nothing. */
  private static final Degradation SPEC =
      new Degradation(
          List.of("turbofan_t24_r"),
          List.of(),
          Duration.ofHours(30),
          Duration.ZERO,
          new Growth(1, 5, 0.2, 0.02, 0.01, 0.3, Duration.ofHours(100)),
          Duration.ofHours(50),
          Duration.ZERO,
          "");

  @Test
  void countsLateForecastsMoreThanEarlyOnes() {
    RemainingLifeErrors errors = RemainingLifeErrors.of(List.of(left(90), left(113)), SPEC);

    assertThat(errors.rmse()).isCloseTo(Math.sqrt((100 + 169) / 2.0), within(1e-9));
    assertThat(errors.score()).isCloseTo(2 * (Math.E - 1), within(1e-9));
    assertThat(errors.meanError()).isCloseTo(-1.5, within(1e-9));
  }

  @Test
  void cutsTheTruthWhereMostPublicationsDo() {
    assertThat(RemainingLifeErrors.of(List.of(left(145)), SPEC).rmse()).isEqualTo(45);
    assertThat(RemainingLifeErrors.of(List.of(left(145)), SPEC).rmseCapped()).isEqualTo(25);
  }

  @Test
  void takesTheLongestForecastAsAtLeast() {
    assertThat(RemainingLifeErrors.of(List.of(left(99), left(101)), SPEC).covered()).isEqualTo(0.5);
  }

  private static Engine left(int after) {
    return new Engine("test-" + after, List.of(new double[14]), after);
  }
}
