package io.foreshock.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.cli.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bars that Foreshock sets itself on public recordings of machines that ran until they failed.
 */
class RunToFailureBacktestITCase {
  /** Folder of real data: system property, else beside the project. */
  private static final Path REAL_DATA =
      Path.of(System.getProperty("foreshock.data", "../../../shared/data"));

  @TempDir private Path folder;

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

  private JsonNode backtest(String set, String format) throws IOException {
    Path data = REAL_DATA.resolve(set);
    assumeTrue(
        Files.isDirectory(data),
        "Skipped: the public data are not in "
            + data.toAbsolutePath().normalize()
            + ". Point -Dforeshock.data to the folder that holds "
            + set
            + ".");
    Path json = folder.resolve("figures.json");
    TestConsole console = new TestConsole();
    int code =
        console.execute(
            List.of(
                "backtest",
                "--data",
                data.toString(),
                "--format",
                format,
                "--json",
                json.toString(),
                "--verbose"));
    assertThat(code).as(console.errors()).isZero();
    assertThat(console.output()).contains("nothing refused");
    return new ObjectMapper().readTree(json.toFile());
  }
}
