package io.foreshock.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job between topics of a real broker. */
class IngestKafkaITCase {
  private static final int DEVICES = 20;
  private static final int MESSAGES = 50;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @TempDir static Path folder;
  private static LocalKafka kafka;

  @BeforeAll
  static void startKafka() {
    kafka = LocalKafka.at(folder).start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void passesEachMessageOnOnceInTheOrderOfItsDeviceAndTheRestAsDeadLetters() throws Exception {
    createTopics("acme", TenantTopic.values());
    List<byte[]> messages = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      for (int number = 0; number < MESSAGES; number++) {
        messages.add(message("acme", device, number));
        if (number % 5 == 0) {
          messages.add(message("acme", device, number));
        }
      }
    }
    Collections.shuffle(messages, new Random(4));
    messages.add(new byte[] {1, 2, 3});
    JobClient job = start("tenants=acme");
    try {
      send("acme", messages);
      awaitMessages("acme", DEVICES * MESSAGES);
    } finally {
      job.cancel().get(30, TimeUnit.SECONDS);
    }

    List<TelemetryBatch> telemetry = telemetry(TenantTopic.TELEMETRY, "acme");
    assertThat(telemetry).hasSize(DEVICES * MESSAGES);
    for (int device = 0; device < DEVICES; device++) {
      String id = "pump-" + device;
      assertThat(telemetry)
          .filteredOn(batch -> batch.deviceId().equals(id))
          .extracting(TelemetryBatch::sequence)
          .as(id)
          .isSorted();
    }
    assertThat(telemetry).allMatch(TelemetryBatch::backlog, "measured long ago");
    assertThat(telemetry(TenantTopic.BACKFILL, "acme")).isEmpty();
    List<ConsumerRecord<byte[], byte[]>> letters =
        CommittedTopic.read(kafka.bootstrapServers(), "acme.telemetry.dlq");
    assertThat(letters).hasSize(1);
    assertThat(DeadLetterCodec.decode(letters.get(0).value()).reason())
        .isEqualTo(DeadLetter.Reason.MALFORMED);
  }

  @Test
  void servesTenantsAsSoonAsTheyHaveTheirTopics() throws Exception {
    createTopics("first", TenantTopic.RAW, TenantTopic.TELEMETRY, TenantTopic.BACKFILL);
    createTopics("complete", TenantTopic.values());
    send("first", List.of(message("first", 1, 0)));
    send("complete", List.of(message("complete", 1, 0)));
    JobClient job = start("tenants=*", "source.discovery-interval=500 ms");
    try {
      awaitMessages("complete", 1);
      assertThat(telemetry(TenantTopic.TELEMETRY, "first")).isEmpty();

      createTopics("first", TenantTopic.DEAD_LETTERS);
      createTopics("second", TenantTopic.values());
      send("second", List.of(message("second", 1, 0)));
      awaitMessages("first", 1);
      awaitMessages("second", 1);
    } finally {
      job.cancel().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void createsWhatATenantLacksWhenThatIsAllowed() throws Exception {
    createTopics("bare", TenantTopic.RAW);
    send("bare", List.of(message("bare", 1, 0), new byte[] {1}));
    JobClient job = start("tenants=bare", "topics.create=true");
    try {
      awaitMessages("bare", 1);
    } finally {
      job.cancel().get(30, TimeUnit.SECONDS);
    }
    assertThat(kafka.admin().describeTopics(List.of("bare.telemetry")).allTopicNames().get())
        .hasEntrySatisfying("bare.telemetry", topic -> assertThat(topic.partitions()).hasSize(2));
  }

  private static JobClient start(String... options) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dkafka.bootstrap-servers=" + kafka.bootstrapServers());
    arguments.add("-Dinstallation=test");
    List.of(options).forEach(option -> arguments.add("-D" + option));
    Settings settings =
        Settings.read(IngestOptions.ALL, CommandLine.parse(arguments.toArray(String[]::new)));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    environment.enableCheckpointing(200);
    environment.setParallelism(2);
    IngestJob.build(environment, settings);
    return environment.executeAsync("ingest");
  }

  private static byte[] message(String tenant, int device, int number) {
    return TelemetryCodec.encode(
        Readings.of(Assets.of(tenant, "pump-" + device, "pump"))
            .sequence(number)
            .at(Readings.time("08:00:00") + number * 1_000L)
            .reading("vibration_rms_mm_s", 2.5)
            .batch());
  }

  private static void createTopics(String tenant, TenantTopic... kinds) {
    List<NewTopic> topics = new ArrayList<>();
    for (TenantTopic kind : kinds) {
      topics.add(
          new NewTopic(kind.of(tenant), 2, (short) 1)
              .configs(Map.of("message.timestamp.type", "LogAppendTime")));
    }
    kafka.createTopics(topics);
  }

  /** Sends each device's messages to one partition. */
  private static void send(String tenant, List<byte[]> messages) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (byte[] message : messages) {
        byte[] key =
            message.length > 3
                ? TelemetryCodec.parse(message).getDeviceId().getBytes()
                : new byte[] {0};
        producer.send(new ProducerRecord<>(TenantTopic.RAW.of(tenant), key, message));
      }
    }
  }

  private static void awaitMessages(String tenant, int count) {
    Await.until(
        count + " messages of " + tenant,
        Duration.ofSeconds(60),
        () -> telemetry(TenantTopic.TELEMETRY, tenant).size() >= count);
  }

  private static List<TelemetryBatch> telemetry(TenantTopic kind, String tenant) {
    return CommittedTopic.telemetry(kafka.bootstrapServers(), kind, tenant);
  }
}
