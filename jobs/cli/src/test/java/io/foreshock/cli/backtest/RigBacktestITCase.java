package io.foreshock.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The bars that Foreshock sets itself on the pump rig of SKAB and on the hydraulic rig. */
class RigBacktestITCase extends PublishedBacktest {

  @Test
  void tellsIllRowsOfThePumpRigBetterThanTheBestPublishedPair() throws IOException {
    JsonNode figures = backtest("skab", "skab");

    assertThat(figures.get("far").asDouble()).isLessThan(13.6);
    assertThat(figures.get("mar").asDouble()).isLessThan(28);
    assertThat(figures.get("f1").asDouble()).isGreaterThan(0.8);
    assertThat(figures.get("changePointNab").asDouble()).isGreaterThan(32);
    assertThat(figures.get("changePointNab").asDouble())
        .isGreaterThan(1.5 * figures.get("changePointNabBlind").asDouble());
  }

  @Test
  void tellsTheConditionOfCoolerAndValve() throws IOException {
    JsonNode figures = backtest("hydraulic-hydsys", "hydraulic");

    assertThat(figures.get("coolerAccuracy").asDouble()).isGreaterThan(0.99);
    assertThat(figures.get("valveAccuracy").asDouble()).isGreaterThan(0.97);
  }
}
