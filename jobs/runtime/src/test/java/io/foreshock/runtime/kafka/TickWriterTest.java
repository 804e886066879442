package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TickWriterTest {
  private final List<String> sent = new ArrayList<>();
  private final TickWriter writer =
      new TickWriter(
          new TenantTopics(TenantTopic.RAW, List.of(), Set.of(), false, true),
          false,
          null,
          new WithoutTopic("gone.telemetry.raw"),
          new UnregisteredMetricsGroup());

  /** Each send to a topic that is not there blocks for two seconds, and with it the others. */
  @Test
  void leavesATopicThatIsGoneAfterOneTryAndTicksTheOthers() {
    assertThat(writer.tick(Map.of("gone.telemetry.raw", 50, "acme.telemetry.raw", 2), List.of()))
        .isFalse();
    assertThat(sent)
        .containsExactlyInAnyOrder(
            "gone.telemetry.raw-0", "acme.telemetry.raw-0", "acme.telemetry.raw-1");
  }

  @Test
  void needsNotLookForTopicsAgainWhenAllWentWell() {
    assertThat(writer.tick(Map.of("acme.telemetry.raw", 2), List.of())).isTrue();
  }

  /** As Kafka's producer does when there is no metadata within max.block.ms. */
  private final class WithoutTopic extends MockProducer<byte[], byte[]> {
    private final String gone;

    WithoutTopic(String gone) {
      this.gone = gone;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      sent.add(record.topic() + "-" + record.partition());
      TimeoutException failure =
          record.topic().equals(gone) ? new TimeoutException("no metadata") : null;
      callback.onCompletion(null, failure);
      return failure == null
          ? CompletableFuture.completedFuture(null)
          : CompletableFuture.failedFuture(failure);
    }
  }
}
