package io.foreshock.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalPostgres;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.asset.v1.ChannelMapping;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
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
  private static JobOnKafka kafka;

  @BeforeAll
  static void startKafka() {
    kafka = new JobOnKafka(folder.resolve("kafka"));
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  private static byte[] message(String tenant, int device, int number) {
    return TelemetryCodec.encode(
        Readings.of(Assets.of(tenant, "pump-" + device, "pump"))
            .sequence(number)
            .at(Readings.time("08:00:00") + number * 1_000L)
            .reading("bearing_temperature_c", 122)
            .batch());
  }

  private static void stop(JobClient job) throws Exception {
    job.cancel().get(30, TimeUnit.SECONDS);
  }

  /** Of each device in any order, one in five twice. */
  private static List<byte[]> disorder(String tenant) {
    List<byte[]> messages = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      for (int number = 0; number < MESSAGES; number++) {
        messages.add(message(tenant, device, number));
        if (number % 5 == 0) {
          messages.add(message(tenant, device, number));
        }
      }
    }
    Collections.shuffle(messages, new Random(4));
    return messages;
  }

  @Test
  void passesEachMessageOnOnceInTheOrderOfItsDeviceAndTheRestAsDeadLetters() throws Exception {
    kafka.createTopics("acme", TenantTopic.values());
    List<byte[]> messages = disorder("acme");
    messages.add(new byte[] {1, 2, 3});
    JobClient job = kafka.start("tenants=acme", "link-health.period=0 s");
    try {
      kafka.send("acme", messages);
      kafka.await("acme", DEVICES * MESSAGES);
    } finally {
      stop(job);
    }

    List<TelemetryBatch> telemetry = kafka.telemetry(TenantTopic.TELEMETRY, "acme");
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
    assertThat(kafka.telemetry(TenantTopic.BACKFILL, "acme")).isEmpty();
    List<ConsumerRecord<byte[], byte[]>> letters = kafka.records("acme.telemetry.dlq");
    assertThat(letters).hasSize(1);
    assertThat(DeadLetterCodec.decode(letters.get(0).value()).reason())
        .isEqualTo(DeadLetter.Reason.MALFORMED);
  }

  @Test
  void keepsEachReadingOnceInTheDatabaseAndInTheLake() throws Exception {
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(
          LocalPostgres.missing().isEmpty(), () -> LocalPostgres.missing().orElse(""));
    }
    kafka.createTopics("kept", TenantTopic.values());
    Path lake = folder.resolve("lake");
    try (LocalPostgres database = LocalPostgres.start(folder.resolve("postgres"))) {
      Path password = Files.writeString(folder.resolve("password"), database.password());
      JobClient job =
          kafka.start(
              "tenants=kept",
              "link-health.period=0 s",
              "lake.path=" + lake,
              "lake.publish-interval=1 s",
              "store.url=" + database.jdbcUrl(),
              "store.user=" + database.user(),
              "store.password=${file:" + password + "}",
              "store.migrate=true");
      try {
        kafka.send("kept", disorder("kept"));
        Await.until(
            "all readings in the database",
            Duration.ofSeconds(60),
            () ->
                database
                    .query("SELECT count(*) FROM foreshock.readings WHERE tenant = 'kept'")
                    .equals(List.of(String.valueOf(DEVICES * MESSAGES))));
        Await.until("a Parquet file", Duration.ofSeconds(60), () -> !parquetFiles(lake).isEmpty());
      } finally {
        stop(job);
      }
    }
    assertThat(parquetFiles(lake)).allMatch(file -> file.toString().contains("tenant=kept"));
  }

  private static List<Path> parquetFiles(Path lake) throws IOException {
    if (!Files.exists(lake)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(lake)) {
      return files.filter(file -> file.getFileName().toString().startsWith("compacted-")).toList();
    }
  }

  @Test
  void servesTenantsAsSoonAsTheyHaveTheirTopics() throws Exception {
    kafka.createTopics("first", TenantTopic.RAW, TenantTopic.TELEMETRY, TenantTopic.BACKFILL);
    kafka.createTopics("complete", TenantTopic.values());
    kafka.send("first", List.of(message("first", 1, 0)));
    kafka.send("complete", List.of(message("complete", 1, 0)));
    JobClient job = kafka.start("tenants=*", "source.discovery-interval=500 ms");
    try {
      kafka.await("complete", 1);
      assertThat(kafka.telemetry(TenantTopic.TELEMETRY, "first")).isEmpty();

      kafka.createTopics("first", TenantTopic.DEAD_LETTERS);
      kafka.createTopics("second", TenantTopic.values());
      kafka.send("second", List.of(message("second", 1, 0)));
      kafka.await("first", 1);
      kafka.await("second", 1);
    } finally {
      stop(job);
    }
  }

  /** A device that says 1970 would hold back the ingest clock of all tenants. */
  @Test
  void servesNoTenantWhoseDevicesSetTheClock() throws Exception {
    kafka.createTopics("right", TenantTopic.values());
    kafka.createTopicsTimedByProducers("before");
    kafka.send("right", List.of(message("right", 1, 0)));
    kafka.send("before", List.of(message("before", 1, 0)));
    assertThat(kafka.startWarnings("tenants=*"))
        .anyMatch(
            warning ->
                warning.startsWith(
                    "Tenant \"before\" is not served until topic before.telemetry.raw has"
                        + " message.timestamp.type=LogAppendTime"));
    JobClient job = kafka.start("tenants=*", "source.discovery-interval=500 ms");
    try {
      kafka.await("right", 1);
      kafka.createTopicsTimedByProducers("found");
      kafka.send("found", List.of(message("found", 1, 0)));
      kafka.createTopics("after", TenantTopic.values());
      kafka.send("after", List.of(message("after", 1, 0)));
      kafka.await("after", 1);
      assertThat(kafka.telemetry(TenantTopic.TELEMETRY, "before")).isEmpty();
      assertThat(kafka.telemetry(TenantTopic.TELEMETRY, "found")).isEmpty();

      kafka.setAppendTime("found.telemetry.raw");
      kafka.await("found", 1);
    } finally {
      stop(job);
    }
  }

  @Test
  void createsWhatATenantLacksWhenThatIsAllowed() throws Exception {
    kafka.createTopics("bare", TenantTopic.RAW);
    kafka.send("bare", List.of(message("bare", 1, 0), new byte[] {1}));
    JobClient job = kafka.start("tenants=bare", "topics.create=true");
    try {
      kafka.await("bare", 1);
    } finally {
      stop(job);
    }
    assertThat(kafka.partitions("bare.telemetry")).isEqualTo(2);
  }

  /** 122 °F are 50 °C; after the change 122 means °C. */
  @Test
  void takesUnitsFromTheRegistryFromTheFirstMessageOn() throws Exception {
    kafka.createTopics("units", TenantTopic.values());
    kafka.createAssetsTopic(JobOnKafka.ASSETS);
    kafka.sendAll(List.of(asset("°F")));
    kafka.send("units", List.of(message("units", 1, 0)));
    JobClient job = kafka.start("tenants=units", "assets.topic=" + JobOnKafka.ASSETS);
    try {
      assertThat(value(kafka.await("units", 1).get(0))).isCloseTo(50, within(1e-9));

      kafka.sendAll(List.of(asset("°C")));
      Await.until(
          "the change",
          Duration.ofSeconds(60),
          () -> {
            List<TelemetryBatch> soFar = kafka.telemetry(TenantTopic.TELEMETRY, "units");
            kafka.send("units", List.of(message("units", 1, soFar.size())));
            List<TelemetryBatch> now = kafka.await("units", soFar.size() + 1);
            return value(now.get(soFar.size())) == 122;
          });
    } finally {
      stop(job);
    }
  }

  /** The registry has no part in the clock: with every device silent, time stands still. */
  @Test
  void waitsForAGapWhileEveryDeviceIsSilentBesideTheRegistry() throws Exception {
    kafka.createTopics("silent", TenantTopic.values());
    kafka.createAssetsTopic("silent.assets");
    JobClient job =
        kafka.start(
            "tenants=silent",
            "assets.topic=silent.assets",
            "ticks.interval=0 s",
            "source.idle-after=200 ms",
            "reorder.max-wait=1 h");
    try {
      kafka.send("silent", List.of(message("silent", 1, 0), message("silent", 1, 2)));
      kafka.await("silent", 1);
      long idle = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      Await.until(
          "all inputs are idle", Duration.ofSeconds(60), () -> System.nanoTime() - idle > 0);
      kafka.send("silent", List.of(message("silent", 1, 1)));
      assertThat(kafka.await("silent", 3))
          .extracting(TelemetryBatch::sequence)
          .containsExactly(0L, 1L, 2L);
    } finally {
      stop(job);
    }
  }

  private static double value(TelemetryBatch batch) {
    return batch.measurements().get(0).value();
  }

  private static ProducerRecord<byte[], byte[]> asset(String unit) {
    AssetDefinition asset =
        AssetDefinition.newBuilder()
            .setTenant("units")
            .setAssetId("pump-1")
            .addChannels(ChannelMapping.newBuilder().setFrom("bearing_temperature_c").setUnit(unit))
            .build();
    return new ProducerRecord<>(JobOnKafka.ASSETS, "units/pump-1".getBytes(), asset.toByteArray());
  }

  /** Number 1 never comes, and nothing else does: only a tick can end the wait for it. */
  @Test
  void givesUpAGapThoughNobodySpeaks() throws Exception {
    kafka.createTopics("quiet", TenantTopic.values());
    JobClient job = kafka.start("tenants=quiet", "reorder.max-wait=1 s");
    try {
      kafka.send("quiet", List.of(message("quiet", 1, 0), message("quiet", 1, 2)));
      assertThat(kafka.await("quiet", 2))
          .extracting(TelemetryBatch::sequence)
          .containsExactly(0L, 2L);
    } finally {
      stop(job);
    }
    assertThat(kafka.records("quiet.telemetry.raw"))
        .filteredOn(record -> record.headers().lastHeader("foreshock-tick") != null)
        .allMatch(record -> record.value() == null)
        .extracting(ConsumerRecord::partition)
        .contains(0, 1);
    assertThat(kafka.records("quiet.telemetry.dlq")).as("ticks are no messages").isEmpty();
  }

  /** Jobs behind this one go on with its clock, whatever the time is by the clean topic. */
  @Test
  void passesItsOwnClockOnToEveryCleanPartition() throws Exception {
    kafka.createTopics("clocked", TenantTopic.values());
    JobClient job = kafka.start("tenants=clocked", "ticks.clean=true", "ticks.interval=200 ms");
    try {
      Await.until(
          "three ticks in each clean partition",
          Duration.ofSeconds(60),
          () -> cleanTicks(0).size() >= 3 && cleanTicks(1).size() >= 3);
    } finally {
      stop(job);
    }
    long newest =
        kafka.records("clocked.telemetry.raw").stream()
            .mapToLong(ConsumerRecord::timestamp)
            .max()
            .orElseThrow();
    assertThat(cleanTicks(0)).isSorted().doesNotHaveDuplicates().allMatch(time -> time < newest);
    assertThat(kafka.telemetry(TenantTopic.TELEMETRY, "clocked")).isEmpty();
  }

  private static List<Long> cleanTicks(int partition) {
    return kafka.records("clocked.telemetry").stream()
        .filter(record -> record.partition() == partition)
        .map(record -> record.headers().lastHeader("foreshock-tick").value())
        .map(time -> ByteBuffer.wrap(time).getLong())
        .toList();
  }
}
