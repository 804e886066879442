package io.foreshock.k8s.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Rung 5, for those who ask for it: the drill of {@link ProductionOverlayITCase} on Kubernetes' own
 * API server, controllers and scheduler, whose programs lie in the folder that the property names
 * ({@code k8s/cluster/rung5} builds them and runs this).
 */
@EnabledIfSystemProperty(named = RealClusterITCase.PROGRAMS, matches = ".+")
class RealClusterITCase {
  static final String PROGRAMS = "foreshock.k8s.programs";

  private static final Path WORK = Path.of("target/cluster").toAbsolutePath();

  private static JsonNode result;

  @BeforeAll
  static void runTheDrill() throws Exception {
    result =
        DrillOfOverlay.run(
            WORK,
            DeploymentDrill.class,
            List.of(Path.of(System.getProperty(PROGRAMS)), definitions()));
  }

  /** Not part of this project: those of the operator that will run. */
  static Path definitions() {
    Path definitions = Path.of(System.getProperty("foreshock.crds", "../../shared/k8s-crds"));
    assertThat(Files.isDirectory(definitions))
        .as(
            "The definitions of the operator are not in %s; name them with -Dforeshock.crds.",
            definitions)
        .isTrue();
    return definitions;
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
  void theApiServerAcceptsEveryFlinkDeployment() {
    assertThat(result.path("accepted").asInt()).isEqualTo(5);
  }

  @Test
  void theSchedulerFindsANodeForEveryPod() {
    assertThat(result.path("nodes").size()).isGreaterThanOrEqualTo(6);
    assertThat(result.path("nodes"))
        .allSatisfy(node -> assertThat(node.asText()).isEqualTo(RealCluster.NODE));
  }

  @Test
  void aRenamedUidIsRefused() {
    assertThat(result.path("renamed").asText())
        .contains(
            "Cannot map checkpoint/savepoint state for operator "
                + ProductionOverlayITCase.hash("order-telemetry"));
  }

  @Test
  void theLogNamesTheVerbThatAServiceAccountLacks() {
    assertThat(result.path("forbidden").asText())
        .contains("system:serviceaccount:foreshock:ingest")
        .contains("cannot list resource \"configmaps\"");
  }
}
