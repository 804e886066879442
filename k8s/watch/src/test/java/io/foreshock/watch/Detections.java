package io.foreshock.watch;

import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.Detection;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records finds on the topic of detections. */
record Detections(String kafka, String tenant) {

  /**
   * @param place asset, pattern and event time: what makes a detection one of its own
   */
  record Found(String place, long eventTimeMillis) {}

  /** All of them, by id. */
  Map<String, Found> read() {
    Map<String, Found> found = new LinkedHashMap<>();
    String topic = tenant + ".detections";
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> take(record, found));
      }
    }
    return found;
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, Found> found) {
    try {
      Detection detection = DetectionCodec.decode(record.value());
      found.put(
          detection.id(),
          new Found(
              detection.asset().key()
                  + " "
                  + detection.pattern()
                  + " "
                  + detection.eventTimeMillis(),
              detection.eventTimeMillis()));
    } catch (IOException e) {
      throw new IllegalStateException("Nobody can read a detection.", e);
    }
  }
}
