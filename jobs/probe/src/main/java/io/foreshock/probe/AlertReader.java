package io.foreshock.probe;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.proto.alert.v1.Alert;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the probe's own alerts as they become visible to a reader of committed records. */
final class AlertReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long STOP_MILLIS = 10_000;

  private final byte[] key = ProbeMessages.alertId().getBytes(StandardCharsets.UTF_8);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Seen seen;
  private final Consumer<String> failed;
  private final Thread thread = new Thread(this::run, "probe-alerts");
  private volatile boolean closing;

  /** Takes what an alert says. */
  @FunctionalInterface
  interface Seen {
    void seen(String tenant, long lastSeenMillis);
  }

  /**
   * @param failed told why reading ended when it did by itself
   */
  AlertReader(Properties client, List<String> tenants, Seen seen, Consumer<String> failed) {
    this.seen = seen;
    this.failed = failed;
    Properties properties = new Properties();
    properties.putAll(client);
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("auto.offset.reset", "latest");
    // What waits at the broker is latency that no reader need have.
    properties.putIfAbsent("fetch.max.wait.ms", "20");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String tenant : tenants) {
      String topic = TenantTopic.ALERTS.of(tenant);
      consumer
          .partitionsFor(topic)
          .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is done when somebody asks; what is sent from now on must lie behind.
    partitions.forEach(consumer::position);
    thread.start();
  }

  private void run() {
    try (consumer) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.value() != null && Arrays.equals(record.key(), key)) {
            take(record);
          }
        }
      }
    } catch (WakeupException e) {
      // Closing.
    } catch (KafkaException e) {
      failed.accept("Kafka says, while alerts are read: " + e.getMessage());
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      seen.seen(
          TenantTopic.ALERTS.tenantOf(record.topic()),
          Alert.parseFrom(record.value()).getLastSeenEpochMillis());
    } catch (InvalidProtocolBufferException e) {
      failed.accept(
          "Record %d of partition %d of %s has the key of the probe's alert and is none: %s"
              .formatted(record.offset(), record.partition(), record.topic(), e.getMessage()));
      closing = true;
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
