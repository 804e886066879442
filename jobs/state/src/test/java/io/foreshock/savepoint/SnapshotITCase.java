package io.foreshock.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Snapshots of every kind read the same, and agree with themselves. */
class SnapshotITCase {
  private static final ClassLoader CLASSES = SnapshotITCase.class.getClassLoader();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "rocksdb, savepoint",
    "hashmap, savepoint",
    "rocksdb, native savepoint",
    "rocksdb, checkpoint",
    "hashmap, checkpoint"
  })
  void everyKindOfSnapshotIsReadWhole(
      String backend, String kind, @InjectMiniCluster MiniCluster cluster) throws Exception {
    Snapshot snapshot = Snapshot.open(run(backend, kind, cluster), CLASSES);

    StoredOperator operator = snapshot.operator(CountingJob.UID).orElseThrow();
    assertThat(operator.maxParallelism()).isEqualTo(CountingJob.MAX_PARALLELISM);
    assertThat(operator.parallelism()).isEqualTo(2);
    assertThat(SnapshotFiles.of(snapshot).missing()).isEmpty();
    Map<Object, Long> totals = new HashMap<>();
    Map<Object, Long> byDigit = new HashMap<>();
    Map<Object, Long> elements = new HashMap<>();
    SnapshotContents.OperatorFigures figures =
        new SnapshotContents(CLASSES, folder)
            .count(
                operator,
                (state, key, value) -> {
                  switch (state.name()) {
                    case "total" -> totals.put(key, (Long) value);
                    case "by-digit" -> byDigit.merge(key, (Long) value, Long::sum);
                    case "digits" -> elements.put(key, (long) ((List<?>) value).size());
                    case "noted" -> assertThat((byte[]) value).startsWith(CountingJob.FORMAT);
                    default -> throw new AssertionError(state.name());
                  }
                });
    assertThat(figures.keys()).isEqualTo(CountingJob.KEYS);
    assertThat(totals).hasSize(CountingJob.KEYS).isEqualTo(byDigit).isEqualTo(elements);
    assertThat(figures.states())
        .filteredOn(state -> state.state().name().endsWith("event_user-timers"))
        .singleElement()
        .satisfies(timers -> assertThat(timers.entries()).isEqualTo(CountingJob.KEYS));

    JsonNode asset =
        new AssetExport(CLASSES, folder)
            .export(snapshot, "acme/pump-7")
            .path("operators")
            .path(CountingJob.UID);
    assertThat(asset.path("total").asLong()).isEqualTo(totals.get("acme/pump-7"));
    assertThat(asset.path("by-digit")).isNotEmpty();
    assertThat(asset.path("_timer_state/event_user-timers")).hasSize(1);
  }

  private String run(String backend, String kind, MiniCluster cluster) throws Exception {
    Path checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
    JobClient job = CountingJob.environment(backend, false, checkpoints).executeAsync();
    CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
    awaitCheckpoint(cluster, job);
    if (kind.endsWith("savepoint")) {
      return job.stopWithSavepoint(
              false,
              folder.toUri().toString(),
              kind.startsWith("native")
                  ? SavepointFormatType.NATIVE
                  : SavepointFormatType.CANONICAL)
          .get(60, TimeUnit.SECONDS);
    }
    job.cancel().get(60, TimeUnit.SECONDS);
    return checkpoints.resolve(job.getJobID().toString()).toString();
  }

  /** By then every key has been seen: a hundred of five thousand numbers a second. */
  private static void awaitCheckpoint(MiniCluster cluster, JobClient job) throws Exception {
    CommonTestUtils.waitUntilCondition(
        () ->
            cluster
                    .getExecutionGraph(job.getJobID())
                    .get()
                    .getCheckpointStatsSnapshot()
                    .getCounts()
                    .getNumberOfCompletedCheckpoints()
                >= 6);
  }

  @Test
  void aFileThatIsGoneIsNamed(@InjectMiniCluster MiniCluster cluster) throws Exception {
    String checkpoint = run("rocksdb", "checkpoint", cluster);
    Snapshot snapshot = Snapshot.open(checkpoint, CLASSES);
    Path gone = Path.of(SnapshotFiles.of(snapshot).files().keySet().iterator().next().toUri());
    Files.delete(gone);

    assertThat(SnapshotFiles.of(snapshot).missing())
        .singleElement()
        .satisfies(
            missing -> {
              assertThat(missing.uid()).isEqualTo(CountingJob.UID);
              assertThat(missing.reason()).contains(gone.toString(), "does not exist");
            });
  }

  @Test
  void aPathWithoutSnapshotIsRefusedByName() throws Exception {
    assertThatThrownBy(() -> Snapshot.open(folder.toString(), CLASSES))
        .isInstanceOf(SnapshotException.class)
        .hasMessageStartingWith("There is no savepoint in " + folder);
    assertThatThrownBy(() -> Snapshot.open(folder.resolve("none").toString(), CLASSES))
        .hasMessageEndingWith("the path does not exist.");
    Files.writeString(folder.resolve("_metadata"), "nothing of Flink's");
    assertThatThrownBy(() -> Snapshot.open(folder.toString(), CLASSES))
        .hasMessageContaining("cannot be read: Unexpected magic number");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aLogOfChangesIsNamedInsteadOfReadByHalf(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    Path checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
    JobClient job = CountingJob.environment("hashmap", true, checkpoints).executeAsync();
    CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
    awaitCheckpoint(cluster, job);
    job.cancel().get(60, TimeUnit.SECONDS);

    Snapshot snapshot =
        Snapshot.open(checkpoints.resolve(job.getJobID().toString()).toString(), CLASSES);
    StoredOperator operator = snapshot.operator(CountingJob.UID).orElseThrow();
    assertThatThrownBy(() -> new SnapshotContents(CLASSES, folder).count(operator))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining("Take a savepoint");
  }
}
