package io.foreshock.k8s.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.LocalKafkaSecurity;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The broker of the production overlay: TLS, a password, the name that pods know. Messages are
 * numbered; each is one device's next one.
 */
final class DrillKafka implements AutoCloseable {
  /** Host and port of {@code installation.yaml}. */
  static final String HOST = "kafka-bootstrap.kafka.svc";

  private static final int PORT = 9093;
  private static final String USER = "foreshock";
  private static final String PASSWORD = "drill-9f2c";
  private static final int DEVICES = 50;

  private final LocalKafkaSecurity security;
  private final LocalKafka kafka;

  DrillKafka(Path folder) {
    security = new LocalKafkaSecurity(folder.resolve("certificates"), HOST);
    String inside = "PODS://" + CellNetwork.GATEWAY + ":" + PORT;
    kafka =
        LocalKafka.at(folder)
            .secured(security)
            .port(29092)
            .property(
                "listeners",
                "SASL://127.0.0.1:29092,TLS://"
                    + security.certificateServers()
                    + ","
                    + inside
                    + ",CONTROLLER://127.0.0.1:29093")
            .property("controller.quorum.voters", "1@127.0.0.1:29093")
            .property(
                "advertised.listeners",
                "SASL://127.0.0.1:29092,TLS://"
                    + security.certificateServers()
                    + ",PODS://"
                    + HOST
                    + ":"
                    + PORT)
            .property(
                "listener.security.protocol.map",
                "SASL:SASL_SSL,TLS:SSL,PODS:SASL_SSL,CONTROLLER:PLAINTEXT")
            .property(
                "listener.name.pods.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;")
            .property("listener.name.pods.sasl.enabled.mechanisms", "SCRAM-SHA-512")
            .property("allow.everyone.if.no.acl.found", "true")
            .start();
    kafka.createUser(USER, PASSWORD);
    List<NewTopic> topics = new ArrayList<>();
    for (TenantTopic kind :
        List.of(
            TenantTopic.RAW,
            TenantTopic.TELEMETRY,
            TenantTopic.BACKFILL,
            TenantTopic.DEAD_LETTERS)) {
      topics.add(
          new NewTopic(kind.of(Assets.TENANT), 2, (short) 1)
              .configs(Map.of("message.timestamp.type", "LogAppendTime")));
    }
    kafka.createTopics(topics);
  }

  /** What the Secret {@code foreshock-kafka} holds, in base 64. */
  Map<String, String> secret() throws IOException {
    Base64.Encoder encoder = Base64.getEncoder();
    return Map.of(
        "password",
        encoder.encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)),
        "ca.crt",
        encoder.encodeToString(Files.readAllBytes(security.authority().certificateFile())));
  }

  /** Sends messages {@code from} to {@code to}, the latter excluded. */
  void send(int from, int to) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            client(Map.of("linger.ms", 5)), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int number = from; number < to; number++) {
        String device = "pump-" + number % DEVICES;
        byte[] message =
            TelemetryCodec.encode(
                Readings.of(Assets.pump(device))
                    .sequence(number / DEVICES)
                    .at(System.currentTimeMillis())
                    .reading("vibration_rms_mm_s", 2.5)
                    .batch());
        producer.send(
            new ProducerRecord<>(
                TenantTopic.RAW.of(Assets.TENANT),
                device.getBytes(StandardCharsets.UTF_8),
                message));
      }
    }
  }

  /** Waits until so many messages are committed. */
  void await(int messages) {
    Await.until(
        messages + " messages",
        Duration.ofSeconds(60),
        () -> committed(TenantTopic.TELEMETRY).size() >= messages);
  }

  /** Messages, distinct ones among them, and what lies on the other topics. */
  void count(ObjectNode result) {
    List<String> telemetry = committed(TenantTopic.TELEMETRY);
    Set<String> distinct = new HashSet<>(telemetry);
    result.put("expected", 2_000);
    result.put("lost", 2_000 - distinct.size());
    result.put("duplicated", telemetry.size() - distinct.size());
    result.put("backfill", committed(TenantTopic.BACKFILL).size());
    result.put("deadLetters", committed(TenantTopic.DEAD_LETTERS).size());
  }

  /** Device and number of every message that a reader of committed records sees. */
  private List<String> committed(TenantTopic kind) {
    List<String> found = new ArrayList<>();
    String topic = kind.of(Assets.TENANT);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            client(Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> found.add(identity(kind, record.value())));
      }
    }
    return found;
  }

  private static String identity(TenantTopic kind, byte[] value) {
    if (kind == TenantTopic.DEAD_LETTERS) {
      return "letter";
    }
    try {
      var batch = TelemetryCodec.parseClean(value, Assets.TENANT);
      return batch.deviceId() + "/" + batch.sequence();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> client(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(security.client(security.admin()));
    all.putAll(more);
    return all;
  }

  @Override
  public void close() {
    kafka.close();
  }
}
