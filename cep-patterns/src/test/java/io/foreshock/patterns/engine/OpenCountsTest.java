package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenCountsTest {

  @Test
  void forgetsVersionsOfWhichNothingIsOpenAnyMore() throws Exception {
    OpenCounts counts = new OpenCounts(EngineHarness.MAX_PARALLELISM, 1, 0);
    byte[] nothing = counts.toBytes();
    for (int version = 1; version <= 100; version++) {
      counts.add(7, version, 1, "acme/pump-1", 2);
      counts.add(7, version, 1, "acme/pump-1", -2);
    }
    assertThat(counts.toBytes()).isEqualTo(nothing);
    assertThat(counts.versions()).isZero();
    counts.add(7, 100, 1, "acme/pump-1", 2);
    counts.add(7, 101, 1, "acme/pump-2", 1);
    OpenCounts restored = new OpenCounts(EngineHarness.MAX_PARALLELISM, 1, 0);
    restored.add(counts.toBytes());
    assertThat(counts.versions()).isEqualTo(2);
    assertThat(restored.versions()).isEqualTo(2);
    assertThat(restored.toBytes()).isEqualTo(counts.toBytes());
  }
}
