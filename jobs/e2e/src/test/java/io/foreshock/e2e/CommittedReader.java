package io.foreshock.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a whole topic from the beginning as a consumer does that sees committed records only, and
 * keeps what the test needs of each record.
 */
final class CommittedReader<T> implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Function<ConsumerRecord<byte[], byte[]>, T> keep;
  private final List<T> seen = new ArrayList<>();

  CommittedReader(
      String bootstrapServers, String topic, Function<ConsumerRecord<byte[], byte[]>, T> keep) {
    this(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), topic, keep);
  }

  /**
   * @param client address of the brokers and who the reader is to them
   */
  CommittedReader(
      Map<String, Object> client, String topic, Function<ConsumerRecord<byte[], byte[]>, T> keep) {
    this.keep = keep;
    Map<String, Object> properties = new HashMap<>(client);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Reads until enough was seen.
   *
   * @return everything seen since the reader was opened
   */
  List<T> readUntil(String what, Duration atMost, Predicate<List<T>> enough) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!enough.test(seen)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "Waited " + atMost.toSeconds() + " s for " + what + ", but read " + seen.size());
      }
      consumer.poll(Duration.ofMillis(100)).forEach(record -> seen.add(keep.apply(record)));
    }
    return seen;
  }

  /** Reads what is there up to the end; for topics that nobody writes to any more. */
  List<T> readToTheEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    readUntil(
        "the end of the topic",
        Duration.ofSeconds(30),
        seen ->
            ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue()));
    return seen;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
