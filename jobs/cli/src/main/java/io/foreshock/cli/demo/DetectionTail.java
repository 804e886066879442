package io.foreshock.cli.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the detections as any other consumer would, committed ones only, and measures latency. */
final class DetectionTail {
  private final Collection<String> topics;
  private final SendLog log;
  private final Properties client = new Properties();
  private final List<SeenDetection> seen = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  // Microseconds, up to ten minutes, three digits.
  private final Histogram latencyMicros = new SynchronizedHistogram(600_000_000L, 3);
  private volatile boolean stopped;
  private int repeats;

  DetectionTail(String bootstrapServers, Collection<String> topics, SendLog log) {
    this.topics = topics;
    this.log = log;
    client.putAll(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"));
  }

  /** Reads from the beginning until {@link #stop()}; blocks. */
  void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        consumer
            .partitionsFor(topic)
            .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          take(record.value(), System.nanoTime());
        }
      }
    } catch (WakeupException e) {
      // Only stop() ends the loop.
    }
  }

  void stop() {
    stopped = true;
  }

  /** Detections so far, each once, in the order in which they were seen. */
  synchronized List<SeenDetection> seen() {
    return List.copyOf(seen);
  }

  /** Detections that came more than once; 0 when the output is exactly-once. */
  synchronized int repeats() {
    return repeats;
  }

  /** Latencies so far in microseconds. */
  Histogram latencyMicros() {
    return latencyMicros.copy();
  }

  private synchronized void take(byte[] value, long nanos) {
    Detection detection;
    try {
      detection = DetectionCodec.decode(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("The job wrote what is no detection.", e);
    }
    if (!ids.add(detection.id())) {
      repeats++;
      return;
    }
    long latency = -1;
    if (completedByASignal(detection)) {
      long readable = log.readableNanos(detection.asset().key(), detection.eventTimeMillis());
      latency = readable < 0 ? -1 : nanos - readable;
    }
    if (latency >= 0) {
      latencyMicros.recordValue(Math.min(latency / 1000, latencyMicros.getHighestTrackableValue()));
    }
    seen.add(new SeenDetection(detection, nanos, latency));
  }

  private static boolean completedByASignal(Detection detection) {
    for (Detection.StageEvidence stage : detection.evidence()) {
      for (Signal signal : stage.signals()) {
        if (signal.eventTimeMillis() == detection.eventTimeMillis()) {
          return true;
        }
      }
    }
    return false;
  }
}
