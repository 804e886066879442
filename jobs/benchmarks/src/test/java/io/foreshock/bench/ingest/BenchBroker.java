package io.foreshock.bench.ingest;

import io.foreshock.local.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in its own process, with the input of all runs and the output of one at a time. */
final class BenchBroker implements AutoCloseable {
  static final int PARTITIONS = 2;
  static final String TENANT = "bench";
  static final String COPY_TENANT = "copy";
  static final String RAW = TENANT + ".telemetry.raw";

  private final LocalKafka kafka;

  BenchBroker(Path folder) {
    kafka =
        LocalKafka.at(folder)
            .heapMegabytes(1024)
            .property("log.segment.bytes", "67108864")
            .property("log.segment.delete.delay.ms", "1000")
            .start();
    kafka.createTopics(
        Stream.of(
                RAW,
                TENANT + ".telemetry",
                TENANT + ".telemetry.backfill",
                TENANT + ".telemetry.dlq",
                COPY_TENANT + ".telemetry")
            .map(
                name ->
                    new NewTopic(name, PARTITIONS, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime")))
            .toList());
  }

  String servers() {
    return kafka.bootstrapServers();
  }

  /** Processor time of the broker so far. */
  Duration cpu() {
    return ProcessHandle.of(kafka.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Writes the input. */
  void fill(BenchTelemetry telemetry, long messages) {
    Map<String, Object> client = new HashMap<>();
    client.put("bootstrap.servers", servers());
    client.put("compression.type", "lz4");
    client.put("linger.ms", 50);
    client.put("batch.size", 262_144);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long message = 0; message < messages; message++) {
        int partition = (int) (message % telemetry.devices() % PARTITIONS);
        byte[] key = telemetry.device(message).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        producer.send(new ProducerRecord<>(RAW, partition, key, telemetry.message(message)));
      }
    }
  }

  /** End of each partition; readers of committed records see as much. */
  Map<TopicPartition, Long> ends(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> latest =
        partitions(topic).stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    return admin().listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  /** Returns when a group has committed the whole input. */
  void awaitAll(String group, Duration atMost) throws Exception {
    Map<TopicPartition, Long> ends = ends(RAW);
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      Map<TopicPartition, OffsetAndMetadata> done =
          admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      boolean all =
          ends.entrySet().stream()
              .allMatch(
                  end -> {
                    OffsetAndMetadata offset = done.get(end.getKey());
                    return offset != null && offset.offset() >= end.getValue();
                  });
      if (all) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "Group " + group + " has not read everything in " + atMost + ": " + done);
      }
      java.util.concurrent.TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Forgets what a run has written. */
  void clear(String topic) throws Exception {
    admin()
        .deleteRecords(
            ends(topic).entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, e -> RecordsToDelete.beforeOffset(e.getValue()))))
        .all()
        .get();
  }

  private static List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }

  private Admin admin() {
    return kafka.admin();
  }

  @Override
  public void close() {
    kafka.close();
  }
}
