package io.foreshock.cli.dlq;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginning to their end as it is now; committed records only. */
final class WholeTopic {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private WholeTopic() {}

  /** Takes records; answers whether more are wanted. */
  @FunctionalInterface
  interface Taker {
    boolean take(ConsumerRecord<byte[], byte[]> record);
  }

  static void read(KafkaConnection kafka, List<String> topics, Taker taker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long heard = System.nanoTime();
      while (!ends.entrySet().stream()
          .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          heard = System.nanoTime();
          if (!taker.take(record)) {
            return;
          }
        }
        if (System.nanoTime() - heard > SILENCE.toNanos()) {
          throw CliFailure.failed(
              "Nothing came from %s for %d s although there is more. A transaction may be open, or a broker away."
                  .formatted(topics, SILENCE.toSeconds()),
              null);
        }
      }
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection kafka) {
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
