package io.foreshock.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads sessions and features as any other consumer would, committed ones only. */
final class ProductTail {
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final long LAST_NANOS = 5_000_000_000L;

  private final Collection<String> sessionTopics;
  private final Map<String, String> featureTopics;
  private final ProductBoard board;
  private final Map<String, Object> client;
  private volatile boolean stopping;

  /**
   * @param featureTopics feature set by topic
   */
  ProductTail(
      String bootstrapServers,
      Collection<String> sessionTopics,
      Map<String, String> featureTopics,
      ProductBoard board) {
    this.sessionTopics = sessionTopics;
    this.featureTopics = featureTopics;
    this.board = board;
    client =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
  }

  /** Reads from the beginning until {@link #stop()}, then what is left; blocks. */
  void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (Collection<String> topics : List.of(sessionTopics, featureTopics.keySet())) {
        for (String topic : topics) {
          consumer
              .partitionsFor(topic)
              .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        }
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopping) {
        consumer.poll(PATIENCE).forEach(this::take);
      }
      // What was committed before the stop, and no more: the jobs may go on writing.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + LAST_NANOS;
      while (System.nanoTime() < deadline
          && partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(PATIENCE).forEach(this::take);
      }
    }
  }

  /** Lets {@link #run()} end when it has read what is committed by now. */
  void stop() {
    stopping = true;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String set = featureTopics.get(record.topic());
    if (set != null) {
      board.feature(set, record.value());
    } else {
      board.session(
          record.topic() + " " + new String(record.key(), StandardCharsets.UTF_8), record.value());
    }
  }
}
