package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.codec.avro.ConfluentDecoder;
import io.foreshock.local.FlinkRest;
import io.foreshock.local.LocalSchemaRegistry;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.avro.AvroConfig;
import io.foreshock.runtime.avro.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged features job writes on while the schema registry is away, restarts included. */
@ExtendWith({NeedsSchemaRegistry.class, WithInstallation.class})
class RegistryAwayITCase {
  private static final String TENANT = "registered";
  private static final String ROWS = TENANT + ".features.pump-condition";
  private static final long START = Instant.parse("2026-03-01T05:00:00Z").toEpochMilli();

  @Test
  void rowsGoOnWithoutTheRegistryAfterATaskManagerIsLost(
      Installation installation, @TempDir Path folder) throws Exception {
    for (String topic : List.of(".telemetry", ".telemetry.backfill")) {
      installation
          .kafka()
          .createTopics(
              List.of(
                  new NewTopic(TENANT + topic, 1, (short) 1)
                      .configs(Map.of("message.timestamp.type", "LogAppendTime"))));
    }
    installation.kafka().createTopics(List.of(new NewTopic(ROWS, 1, (short) 1)));
    FlinkRest rest = installation.flink().rest();
    try (LocalSchemaRegistry registry = LocalSchemaRegistry.start(folder)) {
      String job =
          installation
              .flink()
              .run(
                  Installation.jar("features"),
                  List.of("--parallelism", "1"),
                  installation.arguments(
                      TENANT, "topics.create=true", "avro.schema-registry.url=" + registry.url()));
      rest.awaitRunning(job, Duration.ofSeconds(60));
      try (CommittedReader<byte[]> reader =
          new CommittedReader<>(
              installation.kafka().bootstrapServers(), ROWS, record -> record.value())) {
        send(installation, 0, 12);
        int before =
            reader.readUntil("rows", Duration.ofSeconds(180), rows -> rows.size() >= 2).size();

        registry.kill();
        int victim = installation.flink().liveTaskManagers().get(0);
        installation.flink().killTaskManager(victim);
        installation.flink().startTaskManager();
        send(installation, 12, 24);
        List<byte[]> rows =
            reader.readUntil(
                "rows without the registry",
                Duration.ofSeconds(90),
                all -> all.size() >= before + 2);
        assertThat(rest.restarts(job)).as("restarts").isBetween(1, 5);

        registry.restart();
        ConfluentDecoder decoder = decoder(registry);
        for (byte[] row : rows) {
          GenericRecord read = decoder.decode(row);
          assertThat(read.get("asset_id")).hasToString("pump-1");
          assertThat(read.get("tenant")).hasToString(TENANT);
        }
      } finally {
        rest.cancel(job);
      }
    }
  }

  private static ConfluentDecoder decoder(LocalSchemaRegistry registry) {
    FeatureSet set =
        FeatureCatalogue.load(ChannelCatalogue.load()).orThrow().stream()
            .filter(known -> ROWS.endsWith(known.name()))
            .findFirst()
            .orElseThrow();
    return new ConfluentDecoder(
        FeatureSchema.of(set),
        new SchemaRegistry(
            new AvroConfig(List.of(registry.url()), false, "", "", "", "", Duration.ofSeconds(5))));
  }

  /** Messages of one pump, one a minute. */
  private static void send(Installation installation, int from, int to) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", installation.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int minute = from; minute < to; minute++) {
        long time = START + minute * 60_000L;
        TelemetryBatch batch =
            new TelemetryBatch(
                new AssetRef(TENANT, "pump-1", "pump"),
                "pump-1",
                "boot",
                minute,
                "",
                time + 500,
                false,
                List.of(new Measurement("vibration_rms_mm_s", time, 2 + 0.1 * (minute % 7))),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        producer.send(
            new ProducerRecord<>(
                TENANT + ".telemetry",
                "pump-1".getBytes(StandardCharsets.UTF_8),
                TelemetryCodec.encodeClean(batch, false)));
      }
    }
  }
}
