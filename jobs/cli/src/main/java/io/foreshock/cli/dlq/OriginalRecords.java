package io.foreshock.cli.dlq;

import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Single records of topics, as long as they are retained. Cheap for places that are asked for in
 * order: what a poll returned beyond the one wanted is kept for the next.
 */
final class OriginalRecords implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaConnection kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<String> topics;
  private final NavigableMap<Long, byte[]> polled = new TreeMap<>();
  private TopicPartition current;

  OriginalRecords(KafkaConnection kafka) {
    this.kafka = kafka;
    this.consumer = WholeTopic.consumer(kafka);
    try {
      this.topics = consumer.listTopics().keySet();
    } catch (KafkaException e) {
      consumer.close();
      throw kafka.failure(e);
    }
  }

  /** Value of a record; null when it is not retained any more. */
  byte[] find(String topic, int partition, long offset) {
    TopicPartition place = new TopicPartition(topic, partition);
    if (place.equals(current) && !polled.isEmpty() && isCovered(offset)) {
      return polled.get(offset);
    }
    if (!topics.contains(topic)) {
      return null;
    }
    try {
      return poll(place, offset);
    } catch (OffsetOutOfRangeException e) {
      return null;
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  private boolean isCovered(long offset) {
    return polled.firstKey() <= offset && offset <= polled.lastKey();
  }

  private byte[] poll(TopicPartition place, long offset) {
    polled.clear();
    if (!place.equals(current)) {
      if (consumer.partitionsFor(place.topic()).size() <= place.partition()) {
        return null;
      }
      consumer.assign(List.of(place));
      current = place;
    }
    long end = consumer.endOffsets(List.of(place)).get(place);
    if (offset >= end) {
      return null;
    }
    consumer.seek(place, offset);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    // Aborted and compacted records leave holes, so the position may pass the offset with nothing.
    while (polled.isEmpty() && consumer.position(place) <= offset && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        polled.put(record.offset(), record.value() == null ? new byte[0] : record.value());
      }
    }
    return polled.get(offset);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
