package io.foreshock.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class IngestBenchmarkTest {

  @TempDir Path folder;

  @Test
  void bothJobsWriteTheSameAndAllFiguresAreThere() throws Exception {
    Path json = folder.resolve("new/ingest.json");

    int code =
        new CommandLine(new IngestBenchmark())
            .execute("--smoke", "--devices", "50", "--readings", "7", "--json", json.toString());

    assertThat(code).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("outputsEqual").asBoolean()).isTrue();
    for (String job : List.of("copy", "ingest")) {
      for (String figure :
          List.of(
              "messagesPerSecond",
              "measurementsPerSecond",
              "jobCpuMicrosPerMessage",
              "brokerCpuMicrosPerMessage")) {
        assertThat(report.get(job).get(figure).asDouble()).as(job + " " + figure).isPositive();
      }
    }
    assertThat(report.get("ratio").asDouble()).isPositive();
    assertThat(report.get("bar").asDouble()).isEqualTo(0.6);
    assertThat(report.get("stateBytesPerDevice").asDouble()).isBetween(20.0, 2_000.0);
    assertThat(report.get("details").get("messages").asInt()).isEqualTo(2_000);
  }
}
