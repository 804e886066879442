package io.foreshock.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.Await;
import io.foreshock.samples.RandomTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StoreITCase {
  private static final long SEED = 20260105;
  private static final RandomTelemetry TELEMETRY = new RandomTelemetry(SEED);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static Database database;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    database = Database.start(folder);
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      database.close();
    }
  }

  @BeforeEach
  void migrate() throws Exception {
    database.empty();
    StoreSchema.migrate(database.access());
  }

  @Test
  void everyRowIsThereOnceAfterFailuresAndAReplayFromTheStart() throws Exception {
    long count = 3_000;
    run("failures", count, 3);
    assertThat(Runs.failuresLeft("failures")).as("failures that never came").isNotPositive();
    assertStored(count);
    List<String> before = identities();

    run("replay", count, 0);

    assertStored(count);
    assertThat(identities()).as("rows and when they were written").isEqualTo(before);
  }

  @Test
  void waitsForADatabaseThatIsKilledAndLosesNothingWithoutARestart() throws Exception {
    long count = 3_000;
    StreamExecutionEnvironment job =
        Runs.job("killed", TELEMETRY::batch, count, 60, 0, database.config());
    JobClient running = job.executeAsync();
    try {
      for (int kill = 1; kill <= 2; kill++) {
        long enough = 300L * kill;
        Await.until("rows", Duration.ofSeconds(60), () -> rows("readings") > enough);
        database.server.kill();
        database.server.restart();
      }
    } finally {
      if (!database.server.isAlive()) {
        database.server.restart();
      }
    }
    running.getJobExecutionResult().get(120, TimeUnit.SECONDS);

    assertStored(count);
    assertThat(Runs.starts("killed")).as("starts of the two tasks").isEqualTo(2);
  }

  private static void run(String name, long count, int failures) throws Exception {
    Runs.job(name, TELEMETRY::batch, count, 200, failures, database.config())
        .executeAsync()
        .getJobExecutionResult()
        .get(120, TimeUnit.SECONDS);
  }

  private static void assertStored(long count) throws Exception {
    for (String table : StoreRows.TABLES) {
      assertThat(StoreRows.found(database, table))
          .as("%s, seed %d", table, SEED)
          .isEqualTo(StoreRows.expected(table, TELEMETRY::batch, count));
    }
  }

  /** Where and by which transaction each row was written: an update would change both. */
  private static List<String> identities() throws Exception {
    return database.query(
        "SELECT tenant, asset_id, channel, event_time, item_id, ctid, xmin FROM foreshock.readings"
            + " ORDER BY tenant, asset_id, channel, event_time, item_id");
  }

  private static long rows(String table) throws Exception {
    return Long.parseLong(database.query("SELECT count(*) FROM foreshock." + table).get(0));
  }
}
