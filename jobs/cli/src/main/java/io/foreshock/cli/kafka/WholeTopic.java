package io.foreshock.cli.kafka;

import io.foreshock.cli.CliFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginning to their end as it is now; committed records only. */
public final class WholeTopic {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private WholeTopic() {}

  /** Takes records; answers whether more are wanted. */
  @FunctionalInterface
  public interface Taker {
    boolean take(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * Hands over each record, one topic after the other, each partition in order; returns at the end
   * or when no more are wanted.
   *
   * @throws CliFailure when Kafka refuses, or hands out nothing for 30 s although there is more
   */
  public static void read(KafkaConnection kafka, List<String> topics, Taker taker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
      for (String topic : topics) {
        if (!read(consumer, topic, System::nanoTime, taker)) {
          return;
        }
      }
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  /** Whether more are wanted. */
  static boolean read(
      Consumer<byte[], byte[]> consumer, String topic, LongSupplier nanoTime, Taker taker) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long heard = nanoTime.getAsLong();
    while (!ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (!taker.take(record)) {
          return false;
        }
      }
      if (!records.isEmpty()) {
        // Not before they are taken: a taker that sends them again may be slow.
        heard = nanoTime.getAsLong();
      } else if (nanoTime.getAsLong() - heard > SILENCE.toNanos()) {
        throw CliFailure.failed(
            "Nothing came from %s for %d s although there is more. A transaction may be open, or a broker away."
                .formatted(topic, SILENCE.toSeconds()),
            null);
      }
    }
    return true;
  }

  /** A consumer of committed records that commits nothing itself. */
  public static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection kafka) {
    Map<String, Object> client = kafka.client();
    client.put("isolation.level", "read_committed");
    client.put("enable.auto.commit", "false");
    client.put("auto.offset.reset", "none");
    client.putIfAbsent("default.api.timeout.ms", "15000");
    try {
      return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }
}
