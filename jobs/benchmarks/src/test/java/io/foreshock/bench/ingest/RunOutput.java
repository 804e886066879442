package io.foreshock.bench.ingest;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a run wrote and committed.
 *
 * @param messages how many
 * @param measurements readings in them
 * @param digest of their content, each device's in its order
 * @param perSecond messages per second by the broker's clock, between the first fifth and the last
 *     twentieth: start and end of a run are left out
 */
record RunOutput(long messages, long measurements, long digest, double perSecond) {

  /** Reads a topic from its beginning to its end. */
  static RunOutput read(String servers, String topic) throws Exception {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers", servers,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest",
            "max.poll.records", "5000");
    long[] times = new long[1 << 16];
    int count = 0;
    long measurements = 0;
    Map<String, Long> devices = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!ends.entrySet().stream()
          .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
          }
          times[count++] = record.timestamp();
          TelemetryBatch batch =
              TelemetryCodec.toBatch(TelemetryCodec.parse(record.value()), "any", 0, false);
          measurements += batch.measurements().size();
          devices.merge(batch.deviceId(), hash(batch), (before, hash) -> 31 * before + hash);
        }
      }
    }
    long digest = 0;
    for (Map.Entry<String, Long> device : devices.entrySet()) {
      digest += device.getKey().hashCode() * 0x9E3779B97F4A7C15L ^ device.getValue();
    }
    return new RunOutput(count, measurements, digest, rate(Arrays.copyOf(times, count)));
  }

  private static long hash(TelemetryBatch batch) {
    long hash = batch.bootId().hashCode() * 31L + batch.sequence();
    hash = 31 * hash + batch.asset().assetClass().hashCode();
    for (Measurement item : batch.measurements()) {
      hash = 31 * hash + item.channel().hashCode();
      hash = 31 * hash + item.eventTimeMillis();
      hash = 31 * hash + Double.doubleToLongBits(item.value());
    }
    return hash;
  }

  private static double rate(long[] times) {
    if (times.length < 100) {
      return Double.NaN;
    }
    Arrays.sort(times);
    int from = times.length / 5;
    int to = times.length - times.length / 20;
    return (to - from) * 1000.0 / Math.max(1, times[to] - times[from]);
  }
}
