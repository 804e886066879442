package io.foreshock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.StartRefused;
import io.foreshock.samples.Assets;
import io.foreshock.samples.RandomTelemetry;
import io.foreshock.samples.Readings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LakeITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static LakeConfig lake(Path folder, Duration publishInterval, int maxOpenFiles) {
    return new LakeConfig(folder.toUri(), publishInterval, 64 << 20, 1 << 20, maxOpenFiles);
  }

  @Test
  void everyRowIsThereOnceAfterFailures(@TempDir Path folder) throws Exception {
    long seed = 20260105;
    RandomTelemetry telemetry = new RandomTelemetry(seed);
    long count = 800;
    StreamExecutionEnvironment job =
        Runs.job(
            "failures", telemetry::batch, count, 50, 2, lake(folder, Duration.ofMillis(200), 256));
    JobClient running = job.executeAsync();
    running.getJobExecutionResult().get(120, TimeUnit.SECONDS);

    assertThat(Runs.failuresLeft("failures")).as("failures that never came").isNotPositive();
    for (Dataset dataset : Dataset.values()) {
      assertThat(LakeRows.found(folder, dataset))
          .as("%s, seed %d", dataset, seed)
          .isEqualTo(LakeRows.expected(dataset, telemetry::batch, count));
    }
    assertThat(LakeRows.files(folder).map(file -> file.getFileName().toString()))
        .as("segments that nobody needs any more are removed; what a killed task left open is not")
        .noneMatch(name -> name.matches("\\.rows-[^.]*\\.parquet"));
  }

  @Test
  void readersSeeCompleteFilesOnlyWhileTheJobRunsAndOldDaysGetNewFiles(@TempDir Path folder)
      throws Exception {
    long day = SplitByFolderFunction.DAY_MILLIS;
    // Every second message is of the day before; none is ever of another.
    GeneratorFunction<Long, TelemetryBatch> batches =
        number ->
            Readings.of(Assets.PUMP)
                .sequence(number)
                .at(Readings.time("12:00:00") + number - number % 2 * day)
                .reading("speed_rpm", number)
                .batch();
    long count = 2_000;
    JobClient running =
        Runs.job("watched", batches, count, 20, 0, lake(folder, Duration.ofMillis(100), 256))
            .executeAsync();
    List<String> rows = List.of();
    List<Path> files = List.of();
    for (int look = 0; look < 5; look++) {
      List<Path> before = files;
      CommonTestUtils.waitUntilCondition(
          () -> LakeRows.visibleFiles(folder).size() >= before.size() + 4);
      files = LakeRows.visibleFiles(folder);
      assertThat(files).containsAll(before);
      List<String> seen = LakeRows.found(folder, Dataset.READINGS);
      assertThat(seen).doesNotHaveDuplicates().containsAll(rows);
      rows = seen;
    }
    running.getJobExecutionResult().get(120, TimeUnit.SECONDS);
    assertThat(LakeRows.found(folder, Dataset.READINGS))
        .containsAll(rows)
        .isEqualTo(LakeRows.expected(Dataset.READINGS, number -> map(batches, number), count));
    assertThat(rows).allMatch(row -> row.matches("acme\\|2026-01-0[45]\\|.*"));
    assertThat(LakeRows.visibleFiles(folder).stream().map(file -> file.getParent().toString()))
        .contains(
            folder.resolve("readings/tenant=acme/day=2026-01-04").toString(),
            folder.resolve("readings/tenant=acme/day=2026-01-05").toString());
  }

  @Test
  void fewOpenFilesAreEnoughForManyDays(@TempDir Path folder) throws Exception {
    long days = 200;
    GeneratorFunction<Long, TelemetryBatch> batches =
        number ->
            Readings.of(Assets.PUMP)
                .sequence(number)
                .at(Readings.time("12:00:00") - number % days * SplitByFolderFunction.DAY_MILLIS)
                .reading("speed_rpm", number)
                .batch();
    Runs.job("many-days", batches, 2 * days, 400, 1, lake(folder, Duration.ofMillis(100), 3))
        .executeAsync()
        .getJobExecutionResult()
        .get(120, TimeUnit.SECONDS);
    assertThat(LakeRows.found(folder, Dataset.READINGS))
        .isEqualTo(LakeRows.expected(Dataset.READINGS, number -> map(batches, number), 2 * days));
  }

  @Test
  void jobWithoutCheckpointsIsRefused(@TempDir Path folder) {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<TelemetryBatch> telemetry = environment.fromData(batch());
    assertThatThrownBy(() -> LakeSinks.write(telemetry, lake(folder, Duration.ofMinutes(5), 256)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("lake.path is set, but checkpoints are off");
  }

  @Test
  void fileSystemWithoutPluginIsRefused() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.enableCheckpointing(1000);
    LakeConfig s3 =
        new LakeConfig(URI.create("s3://plant-1/lake"), Duration.ofMinutes(5), 1 << 20, 1 << 20, 8);
    DataStream<TelemetryBatch> telemetry = environment.fromData(batch());
    assertThatThrownBy(() -> LakeSinks.write(telemetry, s3))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("lake.path=s3://plant-1/lake cannot be written to: Could not find")
        .hasMessageContaining("flink-s3-fs-hadoop");
  }

  @Test
  void savepointAndAnotherParallelismNeitherLoseNorRepeatARow(
      @TempDir Path folder, @TempDir Path savepoints) throws Exception {
    RandomTelemetry telemetry = new RandomTelemetry(11);
    long count = 600;
    // Publishes seldom, so that the savepoint holds segments that wait.
    LakeConfig lake = lake(folder, Duration.ofMillis(350), 256);
    JobClient first = Runs.job("before", telemetry::batch, count, 30, 0, lake).executeAsync();
    String savepoint;
    try {
      CommonTestUtils.waitUntilCondition(() -> !LakeRows.visibleFiles(folder).isEmpty());
      savepoint =
          first
              .stopWithSavepoint(
                  false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
              .get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      first.cancel().get(60, TimeUnit.SECONDS);
      throw e;
    }
    int half = LakeRows.found(folder, Dataset.READINGS).size();

    Runs.restored("after", telemetry::batch, count, 60, lake, savepoint)
        .executeAsync()
        .getJobExecutionResult()
        .get(120, TimeUnit.SECONDS);

    List<String> expected = LakeRows.expected(Dataset.READINGS, telemetry::batch, count);
    assertThat(half).isBetween(1, expected.size() - 1);
    assertThat(LakeRows.found(folder, Dataset.READINGS)).isEqualTo(expected);
  }

  private static TelemetryBatch batch() {
    return Readings.of(Assets.PUMP).reading("speed_rpm", 1).batch();
  }

  private static TelemetryBatch map(GeneratorFunction<Long, TelemetryBatch> batches, long number) {
    try {
      return batches.map(number);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
