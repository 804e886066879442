package io.foreshock.k8s.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.k8s.ProjectOverlays;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    need(Cell.missing());
    need(
        ImageFolder.OF_BUILD.exists()
            ? null
            : "The image's folder is not built: run mvn verify, not mvn test.");
    Path rendered = WORK.resolve("production.yaml");
    if (Files.exists(WORK)) {
      Shell.run("rm", "-r", WORK.toString());
    }
    Files.createDirectories(WORK);
    Files.writeString(rendered, ProjectOverlays.kustomize().render(Path.of("overlays/production")));
    ImageFolder image = ImageFolder.OF_BUILD.copyTo(WORK.resolve("images/this"));
    ImageFolder next = ImageFolder.OF_BUILD.copyTo(WORK.resolve("images/next"));
    next.rename("ingest", "IngestJob.java", "IngestJ2b.java");
    ImageFolder renamed = ImageFolder.OF_BUILD.copyTo(WORK.resolve("images/renamed"));
    renamed.rename("ingest", "order-telemetry", "order-telemetrx");
    int code =
        Cell.run(
            WORK.resolve("drill.log"),
            DeploymentDrill.class,
            List.of(
                rendered.toString(),
                image.root().toString(),
                next.root().toString(),
                renamed.root().toString(),
                WORK.toString()));
    assertThat(code).as("%s", Files.readString(WORK.resolve("drill.log"))).isZero();
    result = new ObjectMapper().readTree(WORK.resolve("result.json").toFile());
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
  private static String hash(String uid) {
    return new OperatorID(Hashing.murmur3_128(0).hashString(uid, StandardCharsets.UTF_8).asBytes())
        .toHexString();
  }

  /** Skips what this machine cannot do; in CI that is a failure. */
  private static void need(String missing) {
    if (missing != null) {
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      abort(missing);
    }
  }
}
