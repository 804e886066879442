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

/** The bars that Foreshock sets itself on the pump rig of SKAB and on the hydraulic rig. */
class RigBacktestITCase {
  /** Folder of real data: system property, else beside the project. */
  private static final Path REAL_DATA =
      Path.of(System.getProperty("foreshock.data", "../../../shared/data"));

  @TempDir private Path folder;

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

  private JsonNode backtest(String data, String format) throws IOException {
    Path path = REAL_DATA.resolve(data);
    assumeTrue(
        Files.isDirectory(path),
        "Skipped: the public data are not in "
            + path.toAbsolutePath().normalize()
            + ". Point -Dforeshock.data to their parent.");
    Path json = folder.resolve("figures.json");
    TestConsole console = new TestConsole();
    int code =
        console.execute(
            List.of(
                "backtest",
                "--data",
                path.toString(),
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
