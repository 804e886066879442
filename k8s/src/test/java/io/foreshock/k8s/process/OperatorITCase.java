package io.foreshock.k8s.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Rung 6, where the class path of an operator is given: the operator itself on rung 5. Without one
 * it is skipped, never passed.
 */
@EnabledIfSystemProperty(named = RealClusterITCase.PROGRAMS, matches = ".+")
@EnabledIfEnvironmentVariable(named = OperatorProcess.CLASS_PATH, matches = ".+")
class OperatorITCase {
  private static final Path WORK = Path.of("target/operator").toAbsolutePath();

  private static JsonNode result;

  @BeforeAll
  static void runTheDrill() throws Exception {
    result =
        DrillOfOverlay.run(
            WORK,
            OperatorDrill.class,
            List.of(
                Path.of(System.getProperty(RealClusterITCase.PROGRAMS)),
                RealClusterITCase.definitions()));
  }

  @Test
  void theOperatorUpgradesWithASavepointAndNothingIsLostOrRepeated() {
    assertThat(result.path("upgradedFrom").asText()).contains("/savepoints/");
    assertThat(result.path("lost").asInt(-1)).as("%s", result).isZero();
    assertThat(result.path("duplicated").asInt(-1)).isZero();
    assertThat(result.path("deadLetters").asInt(-1)).isZero();
  }

  @Test
  void aRejectedSpecificationLooksHealthyButIsNotDone() {
    JsonNode rejected = result.path("rejected");
    assertThat(rejected.path("error").asText()).contains("replicas");
    assertThat(rejected.path("lifecycle").asText()).isEqualTo("STABLE");
    assertThat(rejected.path("done").asBoolean(true)).isFalse();
  }

  @Test
  void aSnapshotOfTheRunningJobCompletesAndEverythingCanBeRemoved() {
    assertThat(result.path("snapshot").asText()).contains("savepoint-");
    assertThat(result.path("removed").asBoolean()).isTrue();
  }
}
