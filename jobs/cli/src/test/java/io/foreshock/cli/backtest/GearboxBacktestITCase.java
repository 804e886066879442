package io.foreshock.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Broken and healthy gearbox of the public set, told apart by spectral indicators alone. */
class GearboxBacktestITCase extends PublishedBacktest {

  @Test
  void tellsBrokenFromHealthyBySpectralIndicatorsAlone() throws IOException {
    JsonNode scores = backtest("gearbox-gfd", "gearbox");

    assertThat(scores.at("/spectral/auc").asDouble()).isEqualTo(1);
    assertThat(scores.at("/spectral/accuracy").asDouble()).isGreaterThanOrEqualTo(0.95);
    assertThat(scores.at("/blocks/calibration").asInt()).isEqualTo(21);
    assertThat(scores.at("/pipeline/brokenPointsDetected").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(scores.at("/pipeline/healthyAlarms").asInt()).isZero();
  }
}
