package io.foreshock.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads whole topics from the beginning as a consumer does that sees committed records only. Waits
 * out every outage of the broker. Not thread-safe.
 */
final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;

  TopicReader(String bootstrapServers, Collection<String> topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                // Position and order are kept here; an offset that is gone is a loss, not a reset.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20",
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "200"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic, ANSWER_LIMIT)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    partitions.forEach(partition -> consumer.seek(partition, 0));
  }

  /** Leaves out everything up to the present end. */
  void skipToTheEnd() {
    consumer
        .endOffsets(consumer.assignment(), ANSWER_LIMIT)
        .forEach((partition, end) -> consumer.seek(partition, end));
  }

  /** Hands out what has come, waiting for a moment when there is nothing. */
  void poll(Consumer<ConsumerRecord<byte[], byte[]>> records) {
    consumer.poll(POLL).forEach(records);
  }

  /** Hands out everything up to the present end; false when that takes longer than the limit. */
  boolean readToTheEnd(Duration atMost, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ANSWER_LIMIT);
    while (!isAt(ends)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      poll(records);
    }
    return true;
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), ANSWER_LIMIT) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
  }
}
