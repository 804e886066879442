package io.foreshock.bench.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StateBenchmarkTest {
  @TempDir Path folder;

  @Test
  void sizesFollowTheAssetsAndCheckpointsFollowTheChanges() throws Exception {
    Path json = folder.resolve("state.json");

    int code =
        new CommandLine(new StateBenchmark())
            .execute("--assets", "20000", "--rounds", "1", "--json", json.toString());

    assertThat(code).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.at("/ratios/savepointBytesPerAsset").asDouble()).isBetween(0.8, 1.2);
    JsonNode checkpoints = report.path("checkpoints");
    assertThat(checkpoints.path("bytesPerChangedAsset").asDouble()).isBetween(5.0, 1_000.0);
    JsonNode fewest = checkpoints.at("/byChange/0");
    assertThat(fewest.path("bytes").asLong())
        .as("one asset in a hundred")
        .isLessThan(checkpoints.at("/byChange/2/bytes").asLong() / 3)
        .isLessThan(fewest.path("stateBytes").asLong() / 10);
  }
}
