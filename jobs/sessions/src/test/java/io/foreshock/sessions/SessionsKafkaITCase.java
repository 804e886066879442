package io.foreshock.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.Await;
import io.foreshock.local.LocalPostgres;
import io.foreshock.model.RawRecord;
import io.foreshock.model.SessionRow;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.testing.PipelineRuns;
import io.foreshock.samples.Readings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job between topics of a real broker. */
class SessionsKafkaITCase {
  private static final long FAR = Readings.time(5, "00:00:00");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @TempDir static Path folder;
  private static JobOnKafka kafka;

  @BeforeAll
  static void startKafka() {
    kafka = new JobOnKafka(folder);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  private static void stop(JobClient job) throws Exception {
    job.cancel().get(30, TimeUnit.SECONDS);
  }

  private static List<RawRecord> part(List<List<RawRecord>> partitions, double from, double to) {
    List<RawRecord> part = new ArrayList<>();
    partitions.forEach(
        all -> part.addAll(all.subList((int) (all.size() * from), (int) (all.size() * to))));
    return part;
  }

  private static long lastTime(List<RawRecord> records) {
    return records.stream().mapToLong(RawRecord::appendTimeMillis).max().orElseThrow();
  }

  /** Keys that are left, with their revisions. */
  private static Set<String> table(List<JobOnKafka.Row> rows) {
    TreeMap<String, String> table = new TreeMap<>();
    for (JobOnKafka.Row row : rows) {
      if (row.value() == null) {
        table.remove(row.key());
      } else {
        table.put(row.key(), row.key() + " " + row.value().get("end_time"));
      }
    }
    return new TreeSet<>(table.values());
  }

  private static Set<String> expected(MiniCluster cluster, List<List<RawRecord>> records)
      throws Exception {
    SessionsConfig config = Clean.config();
    List<SessionRow> rows =
        new PipelineRuns<SessionRow>(cluster, raw -> Clean.define(raw, config))
            .complete(records, 1);
    Set<String> expected = new TreeSet<>();
    Clean.table(rows).forEach((key, row) -> expected.add(key + " " + row.endMillis()));
    return expected;
  }

  @Test
  void writesEachRevisionOnceThoughTheJobIsEndedInTheMiddle(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    List<List<RawRecord>> records = new Pumps(6, 2).records();
    Set<String> expected = expected(cluster, records);
    kafka.createTopics("acme");
    List<RawRecord> first = part(records, 0, 0.6);
    List<RawRecord> rest = part(records, 0.6, 1);
    JobClient job = kafka.start(null, "tenants=acme", "source.idle-after=0 s");
    kafka.send("acme", TenantTopic.TELEMETRY, first, lastTime(first));
    Await.until(
        "rows of the first part", Duration.ofSeconds(60), () -> !kafka.rows("acme").isEmpty());
    kafka.sendNoise("acme");
    stop(job);
    CompletedCheckpointStats checkpoint =
        cluster
            .getExecutionGraph(job.getJobID())
            .get(30, TimeUnit.SECONDS)
            .getCheckpointStatsSnapshot()
            .getHistory()
            .getLatestCompletedCheckpoint();

    JobClient again =
        kafka.start(checkpoint.getExternalPath(), "tenants=acme", "source.idle-after=0 s");
    try {
      kafka.send("acme", TenantTopic.TELEMETRY, rest, FAR);
      Await.until(
          "all sessions", Duration.ofSeconds(60), () -> table(kafka.rows("acme")).equals(expected));
    } finally {
      stop(again);
    }
    List<JobOnKafka.Row> rows = kafka.rows("acme");
    Set<String> revisions = new HashSet<>();
    assertThat(rows)
        .filteredOn(row -> row.value() != null)
        .allMatch(row -> revisions.add(row.toString()), "each revision once");
  }

  @Test
  void mergesBackfillServesNewTenantsAndKeepsTheSameInTheDatabase() throws Exception {
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(
          LocalPostgres.missing().isEmpty(), () -> LocalPostgres.missing().orElse(""));
    }
    List<List<RawRecord>> records = new Pumps(2, 2, 7).records();
    List<RawRecord> late = part(records, 0.4, 0.5);
    List<RawRecord> live = part(records, 0, 0.4);
    live.addAll(part(records, 0.5, 1));
    kafka.createTopics("first");
    try (LocalPostgres database = LocalPostgres.start(folder.resolve("postgres"))) {
      Path password = Files.writeString(folder.resolve("password"), database.password());
      JobClient job =
          kafka.start(
              null,
              "tenants=*",
              "source.idle-after=0 s",
              "source.discovery-interval=500 ms",
              "store.url=" + database.jdbcUrl(),
              "store.user=" + database.user(),
              "store.password=${file:" + password + "}",
              "store.migrate=true");
      try {
        kafka.send("first", TenantTopic.TELEMETRY, live, lastTime(live));
        Await.until(
            "rows without backfill", Duration.ofSeconds(60), () -> kafka.rows("first").size() > 20);
        kafka.createTopics("second");
        kafka.send("second", TenantTopic.TELEMETRY, live, FAR);
        kafka.send("first", TenantTopic.BACKFILL, late, FAR);
        Await.until(
            "rows of the new tenant, and merged ones",
            Duration.ofSeconds(60),
            () ->
                !kafka.rows("second").isEmpty()
                    && kafka.rows("first").stream().anyMatch(row -> row.value() == null));
        Await.until(
            "the same in the database",
            Duration.ofSeconds(60),
            () ->
                new TreeSet<>(
                        database.query(
                            "SELECT asset_id || '/' || kind || '/' || (extract(epoch from start_time) * 1000)::bigint"
                                + " || ' ' || (extract(epoch from end_time) * 1000)::bigint"
                                + " FROM foreshock.sessions WHERE tenant = 'first'"))
                    .equals(table(kafka.rows("first"))));
      } finally {
        stop(job);
      }
    }
  }
}
