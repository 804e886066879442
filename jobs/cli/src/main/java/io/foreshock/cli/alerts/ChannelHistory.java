package io.foreshock.cli.alerts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.ProgressLines;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Readings of one asset in a stretch of time, from the topic that holds them. */
final class ChannelHistory {
  private static final long MOST_RECORDS = 5_000_000;
  private static final Duration MOST_TIME = Duration.ofSeconds(60);

  /** Devices upload late; what came later than this after the stretch is not looked for. */
  private static final Duration LATENESS = Duration.ofHours(1);

  private final KafkaConnection kafka;
  private final String tenant;
  private final String topic;
  private final String assetId;
  private final long fromMillis;
  private final long toMillis;
  private boolean cut;

  /** Takes one reading. */
  interface Taker {
    void take(String channel, long millis, double value);
  }

  /**
   * @param kind topic of the tenant that holds readings
   * @param fromMillis event time of the first reading wanted
   * @param toMillis event time of the last one
   */
  ChannelHistory(
      KafkaConnection kafka,
      TenantTopic kind,
      String tenant,
      String assetId,
      long fromMillis,
      long toMillis) {
    this.kafka = kafka;
    this.tenant = tenant;
    this.topic = kind.of(tenant);
    this.assetId = assetId;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
  }

  /** Whether there was more than could be read in the time that somebody waits. */
  boolean isCut() {
    return cut;
  }

  /**
   * Reads from what was appended when the stretch began. Where append times have nothing to do with
   * event times, as in a simulation, everything is read.
   */
  void read(PrintWriter progress, Taker taker) {
    ProgressLines lines = new ProgressLines(progress, "records of " + topic + " read");
    long began = System.nanoTime();
    long records = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = WholeTopic.consumer(kafka)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> open = new HashMap<>(consumer.endOffsets(partitions));
      Map<TopicPartition, Long> starts = starts(consumer, partitions);
      starts.forEach(consumer::seek);
      open.entrySet().removeIf(end -> starts.get(end.getKey()) >= end.getValue());
      Set<TopicPartition> ownClock = new HashSet<>();
      Set<TopicPartition> seen = new HashSet<>();
      while (!open.isEmpty() && !cut) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          boolean after = record.timestamp() > toMillis + LATENESS.toMillis();
          if (seen.add(partition) && after) {
            ownClock.add(partition);
          }
          if (after && !ownClock.contains(partition)) {
            open.remove(partition);
          } else {
            take(record, taker);
          }
          records++;
          lines.step();
        }
        open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        cut = records > MOST_RECORDS || System.nanoTime() - began > MOST_TIME.toNanos();
        List<TopicPartition> done = partitions.stream().filter(p -> !open.containsKey(p)).toList();
        consumer.pause(done);
      }
      cut &= !open.isEmpty();
      lines.end();
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  private Map<TopicPartition, Long> starts(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, fromMillis));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            starts.put(partition, offset.offset());
          }
        });
    return starts;
  }

  /** The key is the asset where ingest wrote it; devices may use another, or none. */
  private void take(ConsumerRecord<byte[], byte[]> record, Taker taker) {
    if (record.value() == null) {
      return;
    }
    byte[] wanted = assetId.getBytes(StandardCharsets.UTF_8);
    if (!holds(record.value(), wanted) && !Arrays.equals(record.key(), wanted)) {
      return;
    }
    try {
      TelemetryMessage message = TelemetryCodec.parse(record.value());
      String asset = message.getAssetId().isEmpty() ? message.getDeviceId() : message.getAssetId();
      if (asset.equals(assetId)) {
        TelemetryCodec.toBatch(message, tenant, record.timestamp(), false)
            .measurements()
            .forEach(
                reading -> {
                  if (reading.eventTimeMillis() >= fromMillis
                      && reading.eventTimeMillis() <= toMillis) {
                    taker.take(reading.channel(), reading.eventTimeMillis(), reading.value());
                  }
                });
      }
    } catch (InvalidProtocolBufferException notOne) {
      // A dead letter by now; there is nothing in it to draw.
    }
  }

  /** Whether the name occurs in the bytes at all: most records are of other assets. */
  private static boolean holds(byte[] bytes, byte[] name) {
    outer:
    for (int i = 0; i + name.length <= bytes.length; i++) {
      for (int j = 0; j < name.length; j++) {
        if (bytes[i + j] != name[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }
}
