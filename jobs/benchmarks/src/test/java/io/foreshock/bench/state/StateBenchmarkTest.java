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
    JsonNode changes = report.path("checkpointBytesPerChangedAsset");
    JsonNode fewest = changes.get(0);
    JsonNode all = changes.get(2);
    assertThat(fewest.path("bytes").asLong())
        .as("one asset in a hundred")
        .isLessThan(all.path("bytes").asLong() / 10)
        .isLessThan(fewest.path("stateBytes").asLong() / 10);
  }
}
