package io.foreshock.ingest;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaStartChecks;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.testing.CommittedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker, and the job on the MiniCluster of the test. */
final class JobOnKafka implements AutoCloseable {
  static final String ASSETS = "foreshock.assets";

  private final LocalKafka kafka;

  JobOnKafka(Path folder) {
    kafka = LocalKafka.at(folder).start();
  }

  /** Starts the job; cancel it. */
  JobClient start(String... options) throws Exception {
    Settings settings = settings(options);
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    environment.enableCheckpointing(200);
    environment.setParallelism(2);
    IngestJob.build(environment, settings);
    return environment.executeAsync("ingest");
  }

  private Settings settings(String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dkafka.bootstrap-servers=" + kafka.bootstrapServers());
    arguments.add("-Dinstallation=test");
    List.of(options).forEach(option -> arguments.add("-D" + option));
    return Settings.read(IngestOptions.ALL, CommandLine.parse(arguments.toArray(String[]::new)));
  }

  /** Topics of a tenant, two partitions each. */
  void createTopics(String tenant, TenantTopic... kinds) {
    createTopics(tenant, "LogAppendTime", kinds);
  }

  /** All topics of a tenant whose devices would set the ingest clock. */
  void createTopicsTimedByProducers(String tenant) {
    createTopics(tenant, "CreateTime", TenantTopic.values());
  }

  private void createTopics(String tenant, String timestamps, TenantTopic... kinds) {
    List<NewTopic> topics = new ArrayList<>();
    for (TenantTopic kind : kinds) {
      topics.add(
          new NewTopic(kind.of(tenant), 2, (short) 1)
              .configs(Map.of("message.timestamp.type", timestamps)));
    }
    kafka.createTopics(topics);
  }

  void setAppendTime(String topic) throws Exception {
    kafka
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("message.timestamp.type", "LogAppendTime"),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  /** What the checks at the start of the job say and do not refuse. */
  List<String> startWarnings(String... options) {
    List<String> warnings = new ArrayList<>();
    KafkaStartChecks.run(
        KafkaConfig.from(settings(options)),
        List.of(TenantTopic.TELEMETRY, TenantTopic.BACKFILL, TenantTopic.DEAD_LETTERS),
        warnings::add);
    return warnings;
  }

  void createAssetsTopic(String name) {
    kafka.createTopics(
        List.of(new NewTopic(name, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))));
  }

  int partitions(String topic) throws Exception {
    return kafka
        .admin()
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  /** Sends messages of devices, each device's to one partition. */
  void send(String tenant, List<byte[]> messages) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] message : messages) {
      byte[] key =
          message.length > 3
              ? TelemetryCodec.parse(message).getDeviceId().getBytes()
              : new byte[] {0};
      records.add(new ProducerRecord<>(TenantTopic.RAW.of(tenant), key, message));
    }
    sendAll(records);
  }

  void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      records.forEach(producer::send);
    }
  }

  /** Returns clean telemetry as soon as there is that much. */
  List<TelemetryBatch> await(String tenant, int messages) {
    Await.until(
        messages + " messages of " + tenant,
        Duration.ofSeconds(60),
        () -> telemetry(TenantTopic.TELEMETRY, tenant).size() >= messages);
    return telemetry(TenantTopic.TELEMETRY, tenant);
  }

  List<TelemetryBatch> telemetry(TenantTopic kind, String tenant) {
    return CommittedTopic.telemetry(kafka.bootstrapServers(), kind, tenant);
  }

  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return CommittedRecords.read(kafka.bootstrapServers(), topic);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
