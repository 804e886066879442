package io.foreshock.alerts;

import io.foreshock.codec.AlertCodec;
import io.foreshock.codec.CommandCodec;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.codec.NotificationCodec;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.Alert;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Command;
import io.foreshock.model.CommandAnswer;
import io.foreshock.model.Detection;
import io.foreshock.model.Notification;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.testing.CommittedRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker, and the job on the MiniCluster of the test. */
final class AlertsOnKafka implements AutoCloseable {
  static final String TENANT = "acme";
  private static final String ASSETS = "foreshock.assets";

  /** Decodes a value. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode(byte[] bytes) throws IOException;
  }

  private final LocalKafka kafka;

  AlertsOnKafka(Path folder) {
    kafka = LocalKafka.at(folder).start();
    List<NewTopic> topics = new ArrayList<>();
    topics.add(new NewTopic(TenantTopic.DETECTIONS.of(TENANT), 2, (short) 1));
    topics.add(new NewTopic(TenantTopic.COMMANDS.of(TENANT), 1, (short) 1));
    topics.add(new NewTopic(ASSETS, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
    kafka.createTopics(topics);
  }

  /** Starts the job; cancel it. */
  JobClient start(int parallelism, String savepoint, String... options) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dkafka.bootstrap-servers=" + kafka.bootstrapServers());
    arguments.add("-Dinstallation=test");
    arguments.add("-Dassets.topic=" + ASSETS);
    arguments.add("-Dtopics.create=true");
    arguments.add("-Dsource.discovery-interval=1 s");
    List.of(options).forEach(option -> arguments.add("-D" + option));
    Settings settings =
        Settings.read(AlertsOptions.ALL, CommandLine.parse(arguments.toArray(String[]::new)));
    Configuration flink = new Configuration();
    if (!savepoint.isEmpty()) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink);
    JobEnvironment.demand(environment);
    environment.setParallelism(parallelism);
    AlertsJob.build(environment, settings);
    return environment.executeAsync(AlertsJob.NAME);
  }

  void place(String asset, String site, String parent) {
    send(
        ASSETS,
        TENANT + "/" + asset,
        AssetDefinition.newBuilder()
            .setTenant(TENANT)
            .setAssetId(asset)
            .setSite(site)
            .setParentAssetId(parent)
            .build()
            .toByteArray());
  }

  void detect(String asset, String id, Detection.Severity severity, boolean backlog) {
    Detection detection =
        new Detection(
            id,
            new AssetRef(TENANT, asset, "pump"),
            "bearing-wear",
            3,
            "bearing",
            "wear",
            severity,
            System.currentTimeMillis(),
            0,
            backlog,
            List.of());
    send(TenantTopic.DETECTIONS.of(TENANT), asset, DetectionCodec.encode(detection));
  }

  void command(Command.Action action, String id, String alertId) {
    Command command =
        new Command(
            TENANT,
            id,
            System.currentTimeMillis(),
            "eva",
            "",
            "",
            "",
            "on my way",
            action,
            alertId,
            "",
            0,
            0,
            "",
            0,
            0);
    send(TenantTopic.COMMANDS.of(TENANT), id, CommandCodec.encode(command));
  }

  void send(String topic, String key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }
  }

  /** Each alert as it was committed last. */
  Map<String, Alert> alerts() {
    Map<String, Alert> alerts = new LinkedHashMap<>();
    read(TenantTopic.ALERTS, AlertCodec::decode).forEach(alert -> alerts.put(alert.id(), alert));
    return alerts;
  }

  List<Notification> notifications() {
    return read(TenantTopic.NOTIFICATIONS, NotificationCodec::decode);
  }

  List<CommandAnswer> answers() {
    return read(TenantTopic.COMMAND_ANSWERS, bytes -> CommandCodec.decodeAnswer(TENANT, bytes));
  }

  private <T> List<T> read(TenantTopic kind, Decoder<T> decoder) {
    return CommittedRecords.read(kafka.bootstrapServers(), kind.of(TENANT)).stream()
        .filter(record -> record.value() != null)
        .map(
            record -> {
              try {
                return decoder.decode(record.value());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  @Override
  public void close() {
    kafka.close();
  }
}
