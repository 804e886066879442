package io.foreshock.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.cli.CliFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WholeTopicTest {
  private static final TopicPartition PLACE = new TopicPartition("acme.telemetry.dlq", 0);

  private final AtomicLong nanos = new AtomicLong();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final List<Long> taken = new ArrayList<>();

  @Test
  void slowTakerIsNoSilence() {
    topicEndsAt(2);
    // The last record comes a minute before anybody asks for more: the end of a transaction
    // follows.
    consumer.schedulePollTask(() -> add(0));
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(() -> add(1));
    read(Duration.ofSeconds(60));
    assertThat(taken).containsExactly(0L, 1L);
  }

  @Test
  void silenceIsSaidAfterHalfAMinute() {
    topicEndsAt(1);
    consumer.schedulePollTask(() -> nanos.addAndGet(Duration.ofSeconds(29).toNanos()));
    consumer.schedulePollTask(() -> nanos.addAndGet(Duration.ofSeconds(2).toNanos()));
    assertThatThrownBy(() -> read(Duration.ZERO))
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("Nothing came from acme.telemetry.dlq for 30 s");
  }

  private void read(Duration eachTakes) {
    WholeTopic.read(
        consumer,
        PLACE.topic(),
        nanos::get,
        record -> {
          nanos.addAndGet(eachTakes.toNanos());
          return taken.add(record.offset());
        });
  }

  private void add(long offset) {
    consumer.addRecord(
        new ConsumerRecord<>(PLACE.topic(), PLACE.partition(), offset, new byte[0], new byte[0]));
  }

  private void topicEndsAt(long end) {
    Node node = Node.noNode();
    consumer.updatePartitions(
        PLACE.topic(),
        List.of(
            new PartitionInfo(
                PLACE.topic(), PLACE.partition(), node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
    consumer.updateEndOffsets(Map.of(PLACE, end));
  }
}
