package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.chaos.ChaosResult;
import io.foreshock.chaos.ChaosRun;
import io.foreshock.chaos.ChaosSettings;
import io.foreshock.chaos.FaultKind;
import io.foreshock.chaos.OfflineResult;
import io.foreshock.chaos.OfflineScenario;
import io.foreshock.chaos.OfflineSettings;
import io.foreshock.chaos.truth.Comparison;
import io.foreshock.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The fault suite in its short form: each kind of fault once. {@code -Dforeshock.e2e.chaos-minutes}
 * runs it longer, {@code -Dforeshock.seed} repeats a run.
 */
class ChaosITCase {

  @Test
  void losesRepeatsAndReordersNothingWhateverIsKilledStoppedOrFull() throws Exception {
    long seed = Long.getLong("foreshock.seed", 4);
    double minutes = Double.parseDouble(System.getProperty("foreshock.e2e.chaos-minutes", "0"));
    ChaosSettings settings =
        minutes > 0
            ? ChaosSettings.of(seed, Duration.ofMillis((long) (minutes * 60_000)), true, List.of())
            : ChaosSettings.brief(seed);

    ChaosResult result =
        ChaosRun.of("ingest", Installation.jar("ingest"), settings)
            .run(folder("chaos-"), System.out::println);

    assertThat(result.comparisons())
        .as("-Dforeshock.seed=" + seed)
        .allSatisfy(
            comparison -> {
              assertThat(comparison.examples()).isEmpty();
              assertThat(comparison.expected()).as(comparison.output()).isPositive();
            });
    assertThat(result.isRight()).isTrue();
    // PostgreSQL (Debian package postgresql) may be absent on a developer's machine only.
    boolean postgres = LocalPostgres.missing().isEmpty() || "true".equals(System.getenv("CI"));
    assertThat(result.comparisons())
        .extracting(Comparison::output)
        .contains("telemetry", "backfill", "deadLetters", "parquet")
        .contains(postgres ? "postgres" : "parquet");
    assertThat(result.faults())
        .extracting(fault -> fault.kind())
        .contains(FaultKind.KILL_TASK_MANAGER, FaultKind.KILL_JOB_MANAGER, FaultKind.KILL_BROKER);
  }

  @Test
  void takesThreeDaysOfOneDeviceForBacklogAndLosesNoneOfThem() throws Exception {
    Map<String, Path> jars = new TreeMap<>();
    jars.put("ingest", Installation.jar("ingest"));
    jars.put("precursors", Installation.jar("precursors"));

    OfflineResult result =
        new OfflineScenario(OfflineSettings.brief(Long.getLong("foreshock.seed", 4)), jars)
            .run(folder("offline-"), System.out::println);

    assertThat(result.comparisons()).flatExtracting(Comparison::examples).isEmpty();
    assertThat(result.comparisons())
        .extracting(Comparison::output)
        .contains("telemetry", "backfill", "detections", "deadLetters");
    assertThat(result.markedLive().values()).containsOnly(0L);
    assertThat(result.isRight()).isTrue();
  }

  private static Path folder(String prefix) throws IOException {
    Path parent =
        Files.createDirectories(
            Path.of(System.getProperty("foreshock.e2e.folder", "target/clusters")));
    return Files.createTempDirectory(parent, prefix).toAbsolutePath();
  }
}
