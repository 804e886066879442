package io.foreshock.sessions;

import io.foreshock.codec.avro.SessionRecords;
import io.foreshock.codec.avro.SingleObjectDecoder;
import io.foreshock.codec.avro.UnreadableValueException;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.testing.CommittedRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker, and the job on the MiniCluster of the test. */
final class JobOnKafka implements AutoCloseable {
  private static final int PARTITIONS = 2;

  private final LocalKafka kafka;
  private final Path checkpoints;

  JobOnKafka(Path folder) {
    kafka = LocalKafka.at(folder.resolve("kafka")).start();
    checkpoints = folder.resolve("checkpoints");
  }

  /** A row as a reader of committed records finds it; the record is null for a tombstone. */
  record Row(String key, GenericRecord value) {
    int revision() {
      return value == null ? -1 : (Integer) value.get("revision");
    }

    @Override
    public String toString() {
      return key + (value == null ? " deleted" : " r" + revision());
    }
  }

  /**
   * Starts the job; cancel it.
   *
   * @param from checkpoint to go on from; null for none
   */
  JobClient start(String from, String... options) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dkafka.bootstrap-servers=" + kafka.bootstrapServers());
    arguments.add("-Dinstallation=test");
    List.of(options).forEach(option -> arguments.add("-D" + option));
    Settings settings =
        Settings.read(SessionsOptions.ALL, CommandLine.parse(arguments.toArray(String[]::new)));
    Configuration deployment = new Configuration();
    deployment.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    deployment.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    if (from != null) {
      deployment.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(deployment);
    JobEnvironment.demand(environment);
    environment.setParallelism(2);
    SessionsJob.build(environment, settings);
    return environment.executeAsync(SessionsJob.NAME);
  }

  /** The topics that the job needs of a tenant. */
  void createTopics(String tenant) {
    List<NewTopic> topics = new ArrayList<>();
    for (TenantTopic kind :
        List.of(TenantTopic.SESSIONS, TenantTopic.BACKFILL, TenantTopic.TELEMETRY)) {
      topics.add(new NewTopic(kind.of(tenant), PARTITIONS, (short) 1).configs(kind.settings()));
    }
    kafka.createTopics(topics);
  }

  /** Appends clean messages, each to its partition, and then a tick to every partition. */
  void send(String tenant, TenantTopic kind, List<RawRecord> messages, long tickMillis) {
    byte[] watermark = ByteBuffer.allocate(Long.BYTES).putLong(tickMillis).array();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (RawRecord message : messages) {
        producer.send(
            new ProducerRecord<>(kind.of(tenant), message.partition(), null, message.value()));
      }
      for (int partition = 0; partition < PARTITIONS; partition++) {
        producer.send(
            new ProducerRecord<>(
                TenantTopic.TELEMETRY.of(tenant),
                partition,
                null,
                null,
                null,
                List.of(new RecordHeader("foreshock-tick", watermark))));
      }
    }
  }

  /** A record of clean telemetry that nobody can read. */
  void sendNoise(String tenant) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TenantTopic.TELEMETRY.of(tenant), new byte[] {1, 2, 3}));
    }
  }

  /** Everything that is committed at the moment, by partition in order. */
  List<Row> rows(String tenant) throws UnreadableValueException {
    SingleObjectDecoder decoder =
        new SingleObjectDecoder(SessionRecords.SCHEMA, List.of(SessionRecords.SCHEMA));
    List<Row> rows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        CommittedRecords.read(kafka.bootstrapServers(), TenantTopic.SESSIONS.of(tenant))) {
      rows.add(
          new Row(
              new String(record.key(), StandardCharsets.UTF_8),
              record.value() == null ? null : decoder.decode(record.value())));
    }
    return rows;
  }

  @Override
  public void close() {
    kafka.close();
  }
}
