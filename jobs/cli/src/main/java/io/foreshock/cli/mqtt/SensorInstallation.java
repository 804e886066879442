package io.foreshock.cli.mqtt;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.JobJar;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalFlink;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.Progress;
import io.foreshock.model.Detection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka, Flink and the job on this machine, for sensors whose messages come over MQTT. */
final class SensorInstallation implements AutoCloseable {
  static final String TENANT = "acme";

  private static final String RAW = TENANT + ".telemetry.raw";
  private static final String DETECTIONS = TENANT + ".detections";
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final LocalKafka kafka;
  private final LocalFlink flink;
  private String job;

  private SensorInstallation(LocalKafka kafka, LocalFlink flink) {
    this.kafka = kafka;
    this.flink = flink;
  }

  static SensorInstallation start(Path folder, Progress progress) {
    LocalKafka kafka = LocalKafka.at(folder.resolve("kafka")).progress(progress).start();
    try {
      kafka.createTopics(
          List.of(
              new NewTopic(RAW, PARTITIONS, (short) 1)
                  .configs(Map.of("message.timestamp.type", "LogAppendTime")),
              new NewTopic(TENANT + ".telemetry.dlq", PARTITIONS, (short) 1),
              new NewTopic(DETECTIONS, PARTITIONS, (short) 1)));
      LocalFlink flink =
          LocalFlink.at(folder.resolve("flink"))
              .taskManagers(1)
              .slots(2)
              .progress(progress)
              .start();
      return new SensorInstallation(kafka, flink);
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  void submit(Path patterns) {
    List<String> options = new ArrayList<>();
    options.add("kafka.bootstrap-servers=" + bootstrapServers());
    options.add("installation=mqtt-demo");
    options.add("tenants=" + TENANT);
    options.addAll(SensorPlant.jobOptions(patterns));
    List<String> arguments = new ArrayList<>();
    options.forEach(option -> arguments.addAll(List.of("-D", option)));
    job = flink.run(JobJar.of("precursors"), List.of("--parallelism", "2"), arguments);
    flink.rest().awaitRunning(job, PATIENCE);
  }

  /** Waits until Kafka has this many different messages and the job has read all, and committed. */
  void awaitRead(int messages) {
    Set<String> ids = new HashSet<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(RAW)) {
      Await.until(
          messages + " messages in " + RAW,
          PATIENCE,
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
              ids.add(TelemetryCodec.parse(record.value()).getMessageId());
            }
            return ids.size() >= messages;
          });
    }
    Await.until("the job to read " + RAW, PATIENCE, this::hasReadAll);
    long next = flink.rest().completedCheckpoints(job) + 1;
    Await.until(
        "one more checkpoint", PATIENCE, () -> flink.rest().completedCheckpoints(job) > next);
  }

  private boolean hasReadAll() throws Exception {
    var read =
        kafka
            .admin()
            .listConsumerGroupOffsets("mqtt-demo." + TENANT + ".precursors")
            .partitionsToOffsetAndMetadata()
            .get();
    return ends().entrySet().stream()
        .allMatch(
            end ->
                end.getValue() == 0
                    || read.get(end.getKey()) != null
                        && read.get(end.getKey()).offset() >= end.getValue());
  }

  private Map<TopicPartition, Long> ends() throws Exception {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    partitions(RAW).forEach(partition -> partitions.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    kafka
        .admin()
        .listOffsets(partitions)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /** Failure mode by asset of everything that was detected. */
  Map<String, String> detections(Progress progress) {
    Map<String, String> found = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(DETECTIONS)) {
      List<TopicPartition> partitions = partitions(DETECTIONS);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          Detection detection = DetectionCodec.decode(record.value());
          progress.say(
              "Detection: %s %s %s %s"
                  .formatted(
                      detection.asset().assetId(),
                      detection.component(),
                      detection.failureMode(),
                      detection.severity()));
          found.merge(
              detection.asset().assetId(), detection.failureMode(), (a, b) -> a + " and " + b);
        }
      }
    } catch (IOException e) {
      throw CliFailure.failed("A detection cannot be read: " + e.getMessage(), e);
    }
    return found;
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions(topic));
    consumer.seekToBeginning(partitions(topic));
    return consumer;
  }

  private static List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition(topic, i));
    }
    return partitions;
  }

  @Override
  public void close() {
    flink.close();
    kafka.close();
  }
}
