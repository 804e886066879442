package io.foreshock.bench.latency;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.proto.alert.v1.Alert;
import io.foreshock.proto.detection.v1.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads committed alerts, and the detections before them, as they become visible. An alert counts
 * when its first revision is seen; the same revision again is a duplicate.
 */
final class AlertTail implements AutoCloseable {
  private final String alerts;
  private final Thread thread = new Thread(this::run, "alert-tail");
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, Seen> detected = new HashMap<>();
  private final TreeMap<Long, Integer> arrivals = new TreeMap<>();
  private long duplicated;
  private volatile boolean closing;
  private volatile Exception failure;

  /**
   * The first sight of an alert or a detection.
   *
   * @param eventMillis when the message that raised it was due
   * @param visibleMillis when it was read
   */
  record Seen(long eventMillis, long visibleMillis) {
    long latencyMillis() {
      return visibleMillis - eventMillis;
    }
  }

  AlertTail(String servers, String alerts, String detections, boolean withDetections) {
    this.alerts = alerts;
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", servers);
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("fetch.max.wait.ms", "10");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    // No group: a broker that was killed must not send the reader back to the beginning.
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : withDetections ? List.of(alerts, detections) : List.of(alerts)) {
      consumer
          .partitionsFor(topic)
          .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (consumer) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          take(record, System.currentTimeMillis());
        }
      }
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      failure = e;
    }
  }

  private synchronized void take(ConsumerRecord<byte[], byte[]> record, long now)
      throws InvalidProtocolBufferException {
    if (record.value() == null) {
      return;
    }
    if (!record.topic().equals(alerts)) {
      Detection detection = Detection.parseFrom(record.value());
      detected.putIfAbsent(detection.getId(), new Seen(detection.getEventTimeEpochMillis(), now));
      return;
    }
    Alert alert = Alert.parseFrom(record.value());
    if (alert.getRevision() != 1) {
      return;
    }
    if (seen.putIfAbsent(alert.getId(), new Seen(alert.getFirstSeenEpochMillis(), now)) != null) {
      duplicated++;
      return;
    }
    arrivals.merge(now, 1, Integer::sum);
  }

  synchronized Map<String, Seen> seen() {
    if (failure != null) {
      throw new IllegalStateException("The alerts could not be read", failure);
    }
    return Map.copyOf(seen);
  }

  /** First sights of detections. */
  synchronized List<Seen> detections() {
    return List.copyOf(detected.values());
  }

  synchronized long duplicated() {
    return duplicated;
  }

  /** Number of alerts seen so far. */
  synchronized int size() {
    return seen.size();
  }

  /**
   * First moment after the given one at which an alert became visible; null while there is none.
   */
  synchronized Long firstAfter(long millis) {
    return arrivals.higherKey(millis);
  }

  /** The longest time between two moments in which no alert became visible, in milliseconds. */
  synchronized long longestSilence(long fromMillis, long toMillis) {
    long longest = 0;
    long before = fromMillis;
    for (long at : arrivals.subMap(fromMillis, true, toMillis, true).keySet()) {
      longest = Math.max(longest, at - before);
      before = at;
    }
    return Math.max(longest, toMillis - before);
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
