package io.foreshock.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.CleanTelemetrySource;
import io.foreshock.runtime.kafka.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backlog of telemetry and backfill, where backfill is read at a small part of the pace of
 * telemetry: what it brings is still in time, for telemetry waits.
 */
class BacklogOfBothITCase {
  private static final long MINUTE = 60_000;
  private static final long START = 1_767_600_000_000L / MINUTE * MINUTE;
  private static final int MINUTES = 12 * 60;
  private static final int LATE_EACH = 5;
  private static final int LATE_BY = 20;
  private static final long SLOW_NANOS = Duration.ofMillis(20).toNanos();
  private static final AssetRef PUMP = new AssetRef("acme", "pump-1", "pump");
  private static final List<FeatureSet> SETS =
      new FeatureLanguage(new ChannelRegistry(List.of(new Channel("x_c", "°C", -1e9, 1e9, "x"))))
          .parse(
              "f.yaml",
              """
              featureSet: both
              version: 1
              description: For tests
              every: 10 min
              corrections: 90 min
              features:
                x: {channel: x_c, aggregates: [count], windows: [1h], description: x}
              """)
          .orThrow();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @Test
  void backfillThatIsReadSlowlyIsInTime(@TempDir Path folder) throws Exception {
    String run = UUID.randomUUID().toString();
    Collection<FeatureRow> rows = Runs.collect(run);
    try (LocalKafka kafka = LocalKafka.at(folder).start()) {
      kafka.createTopics(
          List.of(
              new NewTopic("acme.telemetry", 1, (short) 1),
              new NewTopic("acme.telemetry.backfill", 1, (short) 1)));
      send(kafka);
      JobClient job = start(kafka, run);
      try {
        long last = START + (MINUTES - 3 * LATE_BY) * MINUTE;
        Await.until("the last row", Duration.ofSeconds(240), () -> counts(rows).containsKey(last));
        Await.until(
            "every reading in its row: " + counts(rows),
            Duration.ofSeconds(60),
            () ->
                counts(rows).headMap(last, true).tailMap(START + 60 * MINUTE).values().stream()
                    .allMatch(count -> count == 60));
        assertThat(counts(rows).headMap(last, true)).hasSize(MINUTES / 10 - 6);
      } finally {
        job.cancel().get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** Readings in the hour before each time, as the row that holds says. */
  private static TreeMap<Long, Double> counts(Collection<FeatureRow> rows) {
    Map<Long, FeatureRow> last = new TreeMap<>();
    for (FeatureRow row : rows) {
      last.merge(row.eventTimeMillis(), row, (a, b) -> a.revision() > b.revision() ? a : b);
    }
    TreeMap<Long, Double> counts = new TreeMap<>();
    last.forEach((time, row) -> counts.put(time, row.values()[0]));
    return counts;
  }

  private static JobClient start(LocalKafka kafka, String run) throws Exception {
    KafkaConfig config =
        KafkaConfig.from(
            Settings.read(
                FeaturesOptions.ALL,
                CommandLine.parse(
                    "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
                    "-Dinstallation=test")));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    environment.setParallelism(1);
    FeaturesPipeline.define(
            CleanTelemetrySource.read(environment, config, "test", List.of()),
            CleanTelemetrySource.readBackfill(environment, config, "test", List.of())
                .map(BacklogOfBothITCase::slowly)
                .returns(TelemetryBatch.class)
                .uid("slowly"),
            Optional.empty(),
            FeaturesConfig.of(SETS))
        .sinkTo(Runs.sink(run))
        .uid("collect");
    return environment.executeAsync("both");
  }

  /** A reader that has much to do with each message. */
  private static TelemetryBatch slowly(TelemetryBatch batch) {
    LockSupport.parkNanos(SLOW_NANOS);
    return batch;
  }

  /** A reading each minute; each fifth of them comes 20 minutes late, by the other topic. */
  private static void send(LocalKafka kafka) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int minute = 0; minute < MINUTES; minute++) {
        boolean late = minute % LATE_EACH == 3 && minute < MINUTES - LATE_BY;
        long time = START + minute * MINUTE;
        TelemetryBatch batch =
            new TelemetryBatch(
                PUMP,
                "pump-1",
                "boot",
                minute,
                "",
                time + (late ? LATE_BY : 0) * MINUTE,
                false,
                List.of(new Measurement("x_c", time, minute)),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        producer.send(
            new ProducerRecord<>(
                late ? "acme.telemetry.backfill" : "acme.telemetry",
                PUMP.assetId().getBytes(StandardCharsets.UTF_8),
                TelemetryCodec.encodeClean(batch, late)));
      }
    }
  }
}
