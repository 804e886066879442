package io.foreshock.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.samples.RandomTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
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
    long count = 2_000;
    StreamExecutionEnvironment job =
        Runs.job(
            "failures", telemetry::batch, count, 100, 3, lake(folder, Duration.ofMillis(200), 256));
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
}
