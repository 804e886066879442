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

/** Broken and healthy gearbox of the public set, told apart by spectral indicators alone. */
class GearboxBacktestITCase {
  /** Folder of real data: system property, else beside the project. */
  private static final Path REAL_DATA =
      Path.of(System.getProperty("foreshock.data", "../../../shared/data")).resolve("gearbox-gfd");

  @TempDir private Path folder;

  @Test
  void tellsBrokenFromHealthyBySpectralIndicatorsAlone() throws IOException {
    assumeTrue(
        Files.isDirectory(REAL_DATA),
        "Skipped: the public data are not in "
            + REAL_DATA.toAbsolutePath().normalize()
            + ". Point -Dforeshock.data to them.");
    Path json = folder.resolve("scores.json");

    TestConsole console = new TestConsole();
    int exitCode =
        console.execute(
            List.of(
                "backtest",
                "--data",
                REAL_DATA.toString(),
                "--format",
                "gearbox",
                "--json",
                json.toString()));

    assertThat(exitCode).as(console.errors()).isZero();
    JsonNode scores = new ObjectMapper().readTree(json.toFile());
    assertThat(scores.at("/spectral/auc").asDouble()).isEqualTo(1);
    assertThat(scores.at("/spectral/accuracy").asDouble()).isGreaterThanOrEqualTo(0.95);
    assertThat(scores.at("/blocks/calibration").asInt()).isEqualTo(21);
    assertThat(scores.at("/pipeline/brokenPointsDetected").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(scores.at("/pipeline/healthyAlarms").asInt()).isZero();
    assertThat(console.output()).contains("nothing refused");
  }
}
