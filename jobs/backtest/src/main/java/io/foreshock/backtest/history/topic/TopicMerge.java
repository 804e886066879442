package io.foreshock.backtest.history.topic;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.run.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the partitions of a topic side by side, in the order of append time, from a start to the
 * end as it is now.
 *
 * <p>Memory: a few thousand records for each partition; one that is ahead is paused.
 */
final class TopicMerge {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int AHEAD = 2_000;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Map<TopicPartition, Partition> partitions = new LinkedHashMap<>();

  /** Takes records in order. */
  @FunctionalInterface
  interface Taker {
    void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  private static final class Partition {
    final TopicPartition name;
    final long end;
    final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    boolean paused;

    Partition(TopicPartition name, long end) {
      this.name = name;
      this.end = end;
    }
  }

  TopicMerge(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
  }

  /**
   * @throws BacktestException when there is no such topic, or when it falls silent before its end
   */
  void read(TopicStart start, Progress progress, Taker taker) throws IOException {
    long total = open(start);
    progress.begin("reading", "records", total);
    long done = 0;
    long heard = System.nanoTime();
    while (true) {
      Partition first = first();
      if (first != null) {
        taker.take(first.waiting.poll());
        progress.at(++done);
        resume(first);
        heard = System.nanoTime();
      } else if (partitions.values().stream().allMatch(this::isDone)) {
        break;
      } else if (!poll() && System.nanoTime() - heard > SILENCE.toNanos()) {
        throw BacktestException.failed(
            "Nothing came from %s for %d s although there is more. A transaction may be open, or a broker away."
                .formatted(topic, SILENCE.toSeconds()),
            null);
      }
    }
    progress.end();
  }

  /** Goes to the start; returns about how many records there are. */
  private long open(TopicStart start) {
    List<TopicPartition> names = new ArrayList<>();
    consumer
        .partitionsFor(topic)
        .forEach(info -> names.add(new TopicPartition(info.topic(), info.partition())));
    if (names.isEmpty()) {
      throw BacktestException.wrongInput(
          "There is no topic \"" + topic + "\". Name one with --from-topic, e.g. acme.telemetry.");
    }
    consumer.assign(names);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(names);
    Map<TopicPartition, Long> ends = consumer.endOffsets(names);
    Map<TopicPartition, Long> firsts = new LinkedHashMap<>(begins);
    if (start.since() != null) {
      Map<TopicPartition, Long> wanted = new LinkedHashMap<>();
      names.forEach(name -> wanted.put(name, start.since().toEpochMilli()));
      Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
      names.forEach(
          name ->
              firsts.put(
                  name, found.get(name) == null ? ends.get(name) : found.get(name).offset()));
    } else if (start.offset() >= 0) {
      names.forEach(
          name ->
              firsts.put(
                  name, Math.min(ends.get(name), Math.max(begins.get(name), start.offset()))));
    }
    long total = 0;
    for (TopicPartition name : names) {
      consumer.seek(name, firsts.get(name));
      partitions.put(name, new Partition(name, ends.get(name)));
      total += ends.get(name) - firsts.get(name);
    }
    return total;
  }

  /** Partition whose next record is the oldest of all; null while one of them may hold an older. */
  private Partition first() {
    Partition first = null;
    for (Partition partition : partitions.values()) {
      if (partition.waiting.isEmpty()) {
        if (!isDone(partition)) {
          return null;
        }
      } else if (first == null
          || partition.waiting.peek().timestamp() < first.waiting.peek().timestamp()) {
        first = partition;
      }
    }
    return first;
  }

  private boolean isDone(Partition partition) {
    return partition.waiting.isEmpty() && consumer.position(partition.name) >= partition.end;
  }

  /** Whether anything came. */
  private boolean poll() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Partition partition = partitions.get(new TopicPartition(record.topic(), record.partition()));
      if (record.offset() < partition.end) {
        partition.waiting.add(record);
      }
    }
    for (Partition partition : partitions.values()) {
      if (!partition.paused && partition.waiting.size() > AHEAD) {
        partition.paused = true;
        consumer.pause(List.of(partition.name));
      }
    }
    return !records.isEmpty();
  }

  private void resume(Partition partition) {
    if (partition.paused && partition.waiting.isEmpty()) {
      partition.paused = false;
      consumer.resume(List.of(partition.name));
    }
  }
}
