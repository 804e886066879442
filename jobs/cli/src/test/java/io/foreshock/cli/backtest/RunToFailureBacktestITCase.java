package io.foreshock.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The bars that Foreshock sets itself on public recordings of machines that ran until they failed.
 */
class RunToFailureBacktestITCase extends PublishedBacktest {

  @Test
  void warnsEveryTurbofanInTimeAndNoneTooEarly() throws IOException {
    JsonNode figures = backtest("cmapss", "cmapss");

    assertThat(figures.get("units").asInt()).isEqualTo(100);
    assertThat(figures.get("warned").asInt()).isEqualTo(100);
    assertThat(figures.get("leadMedian").asDouble()).isBetween(50.0, 60.0);
    assertThat(figures.get("leadMax").asDouble()).isLessThanOrEqualTo(130);
    assertThat(figures.get("healthyAlarms").asInt()).isZero();
    JsonNode life = figures.get("remainingLife");
    assertThat(life.get("engines").asInt()).isEqualTo(100);
    // Between the published CNN and LSTM.
    assertThat(life.get("rmse").asDouble()).isLessThan(18);
    assertThat(life.get("score").asDouble()).isLessThan(500);
    assertThat(life.get("covered80").asDouble()).isBetween(0.7, 0.9);
    assertThat(life.get("published").size()).isGreaterThan(3);
    assertThat(figures.get("test").get("leadMax").asDouble()).isLessThanOrEqualTo(130);
  }

  @Test
  void tellsTheBearingThatFailsFromTheThreeThatFeelIt() throws IOException {
    JsonNode figures = backtest("ims-bearing", "ims");

    assertThat(figures.get("warned").asInt()).isEqualTo(1);
    assertThat(figures.get("leadMedian").asDouble()).isGreaterThanOrEqualTo(72);
    assertThat(figures.get("healthyAlarms").asInt()).isZero();
  }
}
