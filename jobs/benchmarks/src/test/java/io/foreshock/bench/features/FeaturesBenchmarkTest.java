package io.foreshock.bench.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FeaturesBenchmarkTest {

  @TempDir Path folder;

  @Test
  void allCasesRunAndAllFiguresAreThere() throws Exception {
    Path json = folder.resolve("new/features.json");

    int code =
        new CommandLine(new FeaturesBenchmark()).execute("--smoke", "--json", json.toString());

    assertThat(code).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("windows20To1Cost").asDouble()).isPositive();
    for (String windows : List.of("one", "shortest", "twenty")) {
      for (String figure :
          List.of(
              "readingsPerSecond",
              "processorMicrosPerReading",
              "rowBytes",
              "stateBytesPerAssetAndChannel")) {
        assertThat(report.get(windows).get(figure).asDouble())
            .as(windows + " " + figure)
            .isPositive();
      }
    }
    double one = report.get("one").get("stateBytesPerAssetAndChannel").asDouble();
    double twenty = report.get("twenty").get("stateBytesPerAssetAndChannel").asDouble();
    assertThat(twenty / one).isBetween(0.9, 1.1);
  }
}
