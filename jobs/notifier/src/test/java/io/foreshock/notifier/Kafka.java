package io.foreshock.notifier;

import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.proto.notification.v1.Notification;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The one real broker of these tests. Each test takes tenants of its own. */
final class Kafka {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger TENANTS = new AtomicInteger();

  private Kafka() {}

  private static final class Shared {
    static final LocalKafka BROKER = LocalKafka.at(folder("kafka")).start();
    static final KafkaProducer<byte[], byte[]> PRODUCER =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BROKER.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    static {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    PRODUCER.close(Duration.ZERO);
                    BROKER.close();
                  },
                  "stop-kafka"));
    }
  }

  /** A folder whose logs stay until the next build. */
  static Path folder(String name) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "runs"));
      return Files.createTempDirectory(parent, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LocalKafka broker() {
    return Shared.BROKER;
  }

  /** A tenant with its topics, one partition each. */
  static String newTenant() {
    String tenant = "tenant-" + TENANTS.incrementAndGet();
    broker()
        .createTopics(
            List.of(
                new NewTopic(TenantTopic.NOTIFICATIONS.of(tenant), 1, (short) 1),
                new NewTopic(TenantTopic.NOTIFICATION_DEAD_LETTERS.of(tenant), 1, (short) 1),
                new NewTopic(TenantTopic.ALERTS.of(tenant), 1, (short) 1)
                    .configs(Map.of("cleanup.policy", "compact"))));
    return tenant;
  }

  static void send(Notification.Builder... notifications) {
    for (Notification.Builder notification : notifications) {
      send(
          TenantTopic.NOTIFICATIONS.of(notification.getTenant()),
          notification.getDedupKey(),
          notification.build().toByteArray());
    }
  }

  static void send(String topic, String key, byte[] value) {
    try {
      Shared.PRODUCER
          .send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for dead letters. */
  static List<ConsumerRecord<byte[], byte[]>> letters(String tenant, int count) {
    TopicPartition partition =
        new TopicPartition(TenantTopic.NOTIFICATION_DEAD_LETTERS.of(tenant), 0);
    List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Await.until(
          "dead letters of " + tenant,
          PATIENCE,
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
            return seen.size() >= count
                && consumer.position(partition)
                    >= consumer.endOffsets(List.of(partition)).get(partition);
          });
    }
    return seen;
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** What a group has committed for a tenant's notifications; -1: nothing. */
  static long committed(String group, String tenant) {
    try {
      OffsetAndMetadata offset =
          broker()
              .admin()
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(TenantTopic.NOTIFICATIONS.of(tenant), 0));
      return offset == null ? -1 : offset.offset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
