package io.foreshock.k8s.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.shaded.guava33.com.google.common.hash.Hashing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rung 4: the job {@code ingest} as the production overlay deploys it, run by Flink's own
 * Kubernetes client, with pods that are processes.
 */
class ProductionOverlayITCase {
  private static final Path WORK = Path.of("target/process").toAbsolutePath();

  private static JsonNode result;

  @BeforeAll
  static void runTheDrill() throws Exception {
    result = DrillOfOverlay.run(WORK, DeploymentDrill.class, List.of());
  }

  @Test
  void nothingIsLostOrRepeatedOverASavepointUpgrade() {
    assertThat(result.path("lost").asInt()).as("%s", result).isZero();
    assertThat(result.path("duplicated").asInt()).isZero();
    assertThat(result.path("backfill").asInt()).isZero();
    assertThat(result.path("deadLetters").asInt()).isZero();
    assertThat(result.path("restarts").asInt()).isZero();
  }

  @Test
  void aRenamedUidIsRefused() {
    assertThat(result.path("renamed").asText())
        .contains("Failed to rollback to checkpoint/savepoint")
        .contains("Cannot map checkpoint/savepoint state for operator " + hash("order-telemetry"));
  }

  @Test
  void theServiceAccountMayDoWhatFlinkDoesAndNothingWasRefused() {
    assertThat(result.path("refused")).isEmpty();
    List<String> asked =
        StreamSupport.stream(result.path("asked").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    assertThat(asked).contains("create pods", "create configmaps", "watch configmaps");
  }

  /** How Flink's messages name a uid. */
  static String hash(String uid) {
    return new OperatorID(Hashing.murmur3_128(0).hashString(uid, StandardCharsets.UTF_8).asBytes())
        .toHexString();
  }
}
