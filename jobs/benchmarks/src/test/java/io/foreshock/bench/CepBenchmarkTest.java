package io.foreshock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CepBenchmarkTest {

  @TempDir Path folder;

  @Test
  void stockEsperAndTheEngineFindTheSameMatches() throws Exception {
    try (Cluster cluster = new Cluster(folder, Duration.ofSeconds(1))) {
      BenchCase c = new BenchCase(20, 2, 1, 1, 1, 0);
      List<String> stock = cluster.matches(Contender.STOCK, c, 60);
      assertThat(stock).hasSizeGreaterThan(30);
      assertThat(cluster.matches(Contender.OURS, c, 60)).isEqualTo(stock);
      assertThat(Esper.matches(c, Cluster.PARALLELISM, 60)).isEqualTo(stock);
    }
  }

  @Test
  void stockAndTheEngineFindTheSameMatchesInDisorder() throws Exception {
    try (Cluster cluster = new Cluster(folder, Duration.ofSeconds(1))) {
      BenchCase c = new BenchCase(20, 2, 1, 1, 2, 10);
      List<String> stock = cluster.matches(Contender.STOCK, c, 300);
      assertThat(stock).hasSizeGreaterThan(30);
      assertThat(cluster.matches(Contender.OURS, c, 300)).isEqualTo(stock);
    }
  }

  @Test
  void writesAllFiguresOfACase() throws Exception {
    Path json = folder.resolve("new/cep.json");
    int code = new CommandLine(new CepBenchmark()).execute("--smoke", "--json", json.toString());
    assertThat(code).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    JsonNode row = report.get("cases").get(0);
    assertThat(row.fieldNames())
        .toIterable()
        .containsExactly(
            "assets",
            "patterns",
            "relevant",
            "openMatches",
            "disorderSeconds",
            "stockEventsPerSecond",
            "oursEventsPerSecond",
            "passThroughEventsPerSecond",
            "esperEventsPerSecond",
            "matchesEqual",
            "stateBytesPerAsset");
    assertThat(row.get("matchesEqual").asBoolean()).isTrue();
    for (String who : List.of("stock", "ours", "passThrough", "esper")) {
      assertThat(row.get(who + "EventsPerSecond").asDouble()).as(who).isPositive();
    }
    assertThat(report.get("ratios").fieldNames())
        .toIterable()
        .contains(
            "oursToStock2pct10k",
            "oursToStock100pct10k",
            "oursToPassThrough2pct",
            "oursToEsper2pct",
            "oursToEsper100pct",
            "assets100kTo1kCost",
            "patterns100To1Cost",
            "open100To1Cost");
  }
}
