package io.foreshock.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.codec.avro.SingleObjectDecoder;
import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job between topics of a real broker. */
class FeaturesKafkaITCase {
  private static final String ROWS = "acme.features.pump-condition";

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @Test
  void rowsOfCleanTelemetryAndBackfillAreCommittedAsAvro(@TempDir Path folder) throws Exception {
    try (LocalKafka kafka = LocalKafka.at(folder).start()) {
      kafka.createTopics(List.of(topic("acme.telemetry"), topic("acme.telemetry.backfill")));
      JobClient job = start(kafka);
      try {
        List<TelemetryBatch> day = new ArrayList<>(PumpDay.batches(32));
        TelemetryBatch late = day.remove(12);
        send(kafka, "acme.telemetry", day, false);
        awaitRows(kafka, 18);
        send(kafka, "acme.telemetry.backfill", List.of(late), true);
        send(kafka, "acme.telemetry", List.of(PumpDay.batch(0, 36)), false);

        // Pump 0: six rows, corrections of all but the first that the late message is part of, a
        // last one.
        List<GenericRecord> rows = awaitRows(kafka, 18 + 6 + 1);
        GenericRecord corrected =
            rows.stream().filter(row -> (int) row.get("revision") == 1).findFirst().orElseThrow();
        assertThat(corrected.get("kind")).hasToString("CORRECTED");
        assertThat(corrected.get("asset_id")).hasToString("pump-0");
        assertThat(corrected.get("tenant")).hasToString("acme");
        assertThat(corrected.get("event_time")).isEqualTo(PumpDay.START + 5 * PumpDay.MINUTE);
        assertThat(corrected.get("vibration_count_10min")).isEqualTo(5.0);
        assertThat(corrected.get("flow_mean_1h")).isNull();
      } finally {
        job.cancel().get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, 2, (short) 1)
        .configs(Map.of("message.timestamp.type", "LogAppendTime"));
  }

  private static JobClient start(LocalKafka kafka) throws Exception {
    Settings settings =
        Settings.read(
            FeaturesOptions.ALL,
            CommandLine.parse(
                "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "-Dinstallation=test",
                "-Dtopics.create=true"));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    environment.enableCheckpointing(200);
    environment.setParallelism(2);
    FeaturesJob.build(environment, settings);
    return environment.executeAsync("features");
  }

  private static void send(
      LocalKafka kafka, String topic, List<TelemetryBatch> batches, boolean backfill) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (TelemetryBatch batch : batches) {
        byte[] key = batch.asset().assetId().getBytes(StandardCharsets.UTF_8);
        producer.send(
            new ProducerRecord<>(topic, key, TelemetryCodec.encodeClean(batch, backfill)));
      }
    }
  }

  private static List<GenericRecord> awaitRows(LocalKafka kafka, int number) {
    List<GenericRecord> rows = new ArrayList<>();
    Await.until(
        number + " rows",
        Duration.ofSeconds(90),
        () -> {
          rows.clear();
          rows.addAll(rows(kafka));
          return rows.size() >= number;
        });
    assertThat(rows).hasSize(number);
    return rows;
  }

  private static List<GenericRecord> rows(LocalKafka kafka) {
    FeatureSet set = FeatureCatalogue.load(ChannelCatalogue.load()).orThrow().get(0);
    SingleObjectDecoder decoder =
        new SingleObjectDecoder(FeatureSchema.of(set), List.of(FeatureSchema.of(set)));
    List<GenericRecord> rows = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(ROWS).stream()
              .map(info -> new TopicPartition(ROWS, info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          rows.add(decode(decoder, record.value()));
        }
      }
    }
    return rows;
  }

  private static GenericRecord decode(SingleObjectDecoder decoder, byte[] value) {
    try {
      return decoder.decode(value);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
