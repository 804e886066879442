package io.foreshock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CepBenchmarkTest {

  @TempDir Path folder;

  @Test
  void stockEsperAndTheEngineFindTheSameMatches() throws Exception {
    BenchCase c = new BenchCase(20, 2, 1, 1, 1, 0);
    try (Cluster cluster = new Cluster(folder)) {
      List<String> stock = cluster.matches(Contender.STOCK, c, 60);
      assertThat(stock).hasSizeGreaterThan(30);
      assertThat(cluster.matches(Contender.OURS, c, 60)).isEqualTo(stock);
      assertThat(Esper.matches(c, Cluster.PARALLELISM, 60)).isEqualTo(stock);
      BenchCase disordered = new BenchCase(20, 2, 1, 1, 2, 10);
      stock = cluster.matches(Contender.STOCK, disordered, 300);
      assertThat(stock).hasSizeGreaterThan(30);
      assertThat(cluster.matches(Contender.OURS, disordered, 300)).isEqualTo(stock);
    }
  }
}
