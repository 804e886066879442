package io.foreshock.mqtt;

import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The one real broker of these tests. Each test takes a tenant of its own. */
final class Kafka {
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger TENANTS = new AtomicInteger();

  private Kafka() {}

  private static final class Shared {
    static final LocalKafka BROKER = start();

    private static LocalKafka start() {
      LocalKafka broker = LocalKafka.at(folder("kafka")).start();
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-kafka"));
      return broker;
    }
  }

  /** A folder whose logs stay until the next build. */
  static Path folder(String name) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "brokers"));
      return Files.createTempDirectory(parent, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LocalKafka broker() {
    return Shared.BROKER;
  }

  /** A tenant with its topics. */
  static String newTenant() {
    String tenant = "tenant-" + TENANTS.incrementAndGet();
    broker()
        .createTopics(
            List.of(
                new NewTopic(tenant + ".telemetry.raw", PARTITIONS, (short) 1)
                    .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                new NewTopic(tenant + ".telemetry.dlq", PARTITIONS, (short) 1)));
    return tenant;
  }

  /** Reads until there is enough, and then to the end of what is there. */
  static List<RawRecord> raw(String tenant, Predicate<List<RawRecord>> enough) {
    return read(tenant + ".telemetry.raw", tenant, enough);
  }

  /** Reads until there are this many different messages. */
  static List<RawRecord> distinct(String tenant, int count) {
    return raw(tenant, records -> ids(records).size() >= count);
  }

  static Set<String> ids(List<RawRecord> records) {
    Set<String> ids = new HashSet<>();
    records.forEach(record -> ids.add(message(record).getMessageId()));
    return ids;
  }

  static List<DeadLetter> letters(String tenant, int count) {
    return read(tenant + ".telemetry.dlq", tenant, records -> records.size() >= count).stream()
        .map(record -> letter(record.value()))
        .toList();
  }

  static TelemetryMessage message(RawRecord record) {
    try {
      return TelemetryMessage.parseFrom(record.value());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static DeadLetter letter(byte[] bytes) {
    try {
      return DeadLetterCodec.decode(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<RawRecord> read(
      String topic, String tenant, Predicate<List<RawRecord>> enough) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition(topic, i));
    }
    List<RawRecord> seen = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Await.until(
          "records in " + topic,
          PATIENCE,
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
              seen.add(raw(record, tenant));
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return enough.test(seen)
                && partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
          },
          () -> null);
    }
    return seen;
  }

  private static RawRecord raw(ConsumerRecord<byte[], byte[]> record, String tenant) {
    return new RawRecord(
        tenant,
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value());
  }
}
