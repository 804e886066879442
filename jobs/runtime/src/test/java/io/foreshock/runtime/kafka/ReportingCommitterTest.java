package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ReportingCommitterTest {
  private final Counters counters = new Counters();
  private TransactionFate fate = TransactionFate.UNKNOWN;

  @Test
  void failsTheTaskAndCountsWhenATransactionIsLostWhileTheJobRuns() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", "127.0.0.1:1");
    properties.setProperty("key.serializer", ByteArraySerializer.class.getName());
    properties.setProperty("value.serializer", ByteArraySerializer.class.getName());
    try (FlinkKafkaInternalProducer<byte[], byte[]> producer =
        new FlinkKafkaInternalProducer<>(properties, "plant.acme.precursors.detections.0-1")) {
      assertThatThrownBy(
              () ->
                  commit(
                      new KafkaCommittable(
                          1, (short) 1, "plant.acme.precursors.detections.0-1", producer)))
          .hasMessageStartingWith(
              "Kafka has given up transaction plant.acme.precursors.detections.0-1 before it was committed: the output of"
                  + " one checkpoint is lost.");
    }
    assertThat(counters.get("lostTransactions")).isEqualTo(1);
    assertThat(counters.get("doubtfulTransactions")).isZero();
  }

  @Test
  void goesOnAndCountsWhenTheBrokerGaveUpATransactionOfTheRestoredCheckpoint() throws Exception {
    fate = TransactionFate.GIVEN_UP;
    commit(new KafkaCommittable(1, (short) 1, "id", null));
    assertThat(counters.get("lostTransactions")).isEqualTo(1);
  }

  @Test
  void onlyDoubtsWhenTheIdWasUsedAgain() throws Exception {
    fate = TransactionFate.USED_AGAIN;
    commit(new KafkaCommittable(1, (short) 1, "id", null));
    assertThat(counters.get("lostTransactions")).isZero();
    assertThat(counters.get("doubtfulTransactions")).isEqualTo(1);
  }

  @Test
  void tellsByTheEpochWhatBecameOfATransaction() {
    assertThat(TransactionFate.of(then(7), now(TransactionState.COMPLETE_ABORT, 8)))
        .isEqualTo(TransactionFate.GIVEN_UP);
    assertThat(TransactionFate.of(then(7), now(TransactionState.PREPARE_ABORT, 8)))
        .isEqualTo(TransactionFate.GIVEN_UP);
    assertThat(TransactionFate.of(then(7), now(TransactionState.COMPLETE_ABORT, 10)))
        .isEqualTo(TransactionFate.USED_AGAIN);
    assertThat(TransactionFate.of(then(7), now(TransactionState.ONGOING, 9)))
        .isEqualTo(TransactionFate.USED_AGAIN);
    assertThat(TransactionFate.of(then(7), now(TransactionState.COMPLETE_COMMIT, 8)))
        .isEqualTo(TransactionFate.UNKNOWN);
  }

  /** After the last epoch the id goes on with another producer id, from epoch 0. */
  @Test
  void takesAnIdWhoseEpochsAreUsedUpAsUsedAgain() {
    TransactionDescription now =
        new TransactionDescription(
            0, TransactionState.COMPLETE_ABORT, 2, 0, 1000, OptionalLong.empty(), Set.of());
    assertThat(TransactionFate.of(then(32_766), now)).isEqualTo(TransactionFate.USED_AGAIN);
  }

  private static KafkaCommittable then(int epoch) {
    return new KafkaCommittable(1, (short) epoch, "id", null);
  }

  private static TransactionDescription now(TransactionState state, int epoch) {
    return new TransactionDescription(0, state, 1, epoch, 1000, OptionalLong.empty(), Set.of());
  }

  private void commit(KafkaCommittable committable) throws Exception {
    try (ReportingCommitter committer =
        new ReportingCommitter(new Refusing(), asked -> fate, counters)) {
      committer.commit(List.of(new Request(committable)));
    }
  }

  /** As Kafka's committer does with a fenced producer. */
  private static final class Refusing implements Committer<KafkaCommittable> {
    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) {
      requests.forEach(
          request -> request.signalFailedWithKnownReason(new ProducerFencedException("fenced")));
    }

    @Override
    public void close() {}
  }

  private record Request(KafkaCommittable committable)
      implements Committer.CommitRequest<KafkaCommittable> {
    @Override
    public KafkaCommittable getCommittable() {
      return committable;
    }

    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {}

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {}

    @Override
    public void retryLater() {}

    @Override
    public void updateAndRetryLater(KafkaCommittable changed) {}

    @Override
    public void signalAlreadyCommitted() {}
  }

  private static final class Counters extends UnregisteredMetricsGroup {
    private final java.util.Map<String, Counter> byName = new java.util.HashMap<>();

    @Override
    public Counter counter(String name) {
      return byName.computeIfAbsent(name, unused -> super.counter(name));
    }

    @Override
    public org.apache.flink.metrics.MetricGroup addGroup(String name) {
      return this;
    }

    long get(String name) {
      return byName.get(name).getCount();
    }
  }
}
