package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.chaos.DrillResult;
import io.foreshock.chaos.DrillRun;
import io.foreshock.chaos.DrillSettings;
import io.foreshock.chaos.DrillStep;
import io.foreshock.chaos.truth.Comparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The restore drill in its short form; {@code -Dforeshock.e2e.drill-load=<seconds>} runs the long
 * one, {@code -Dforeshock.seed} repeats a run.
 */
class DrillITCase {

  @Test
  void losesAndRepeatsNothingOverUpgradeRescaleKillAndRollBack() throws Exception {
    long seed = Long.getLong("foreshock.seed", 4);
    int load = Integer.getInteger("foreshock.e2e.drill-load", 0);
    DrillSettings settings =
        load > 0 ? DrillSettings.full(seed, Duration.ofSeconds(load)) : DrillSettings.brief(seed);
    Map<String, Path> jars = new LinkedHashMap<>();
    settings.jobs().forEach(job -> jars.put(job, Installation.jar(job)));
    Path parent =
        Files.createDirectories(
            Path.of(System.getProperty("foreshock.e2e.folder", "target/clusters")));

    DrillResult result =
        new DrillRun(settings, jars)
            .run(Files.createTempDirectory(parent, "drill-").toAbsolutePath(), System.out::println);

    assertThat(result.steps())
        .as("-Dforeshock.seed=" + seed)
        .allSatisfy(step -> assertThat(step.ok()).as(step.name() + ": " + step.detail()).isTrue())
        .filteredOn(step -> step.name().startsWith("find a build that does not fit"))
        .singleElement()
        .extracting(DrillStep::detail)
        .asString()
        .startsWith("\"order-telemetry\": the snapshot holds state for this uid")
        .contains("which this build of precursors does not contain");
    assertThat(result.comparisons()).flatExtracting(Comparison::examples).isEmpty();
    assertThat(result.uninterrupted()).flatExtracting(Comparison::examples).isEmpty();
    assertThat(result.isRight()).isTrue();
    JsonNode json = result.toJson();
    assertThat(json.path("expected").asLong()).isPositive();
    assertThat(json.path("lost").asLong() + json.path("duplicated").asLong()).isZero();
  }
}
