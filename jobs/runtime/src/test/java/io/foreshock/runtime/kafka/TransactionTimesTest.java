package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class TransactionTimesTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @Test
  void alertPathLeavesRoomForEveryFailureItTolerates() {
    TransactionTimes times = times(Duration.ofMillis(200), Duration.ofMinutes(2), 5);
    assertThat(times.problem(QUARTER)).isEmpty();
    assertThat(times.warning(QUARTER)).isEmpty();
  }

  @Test
  void refusesATimeOutThatOneSlowCheckpointOutlasts() {
    TransactionTimes times = times(Duration.ofSeconds(10), Duration.ofMinutes(2), 5);
    assertThat(times.problem(Duration.ofSeconds(159)))
        .contains(
            "kafka.transaction-timeout is 159 s, but a transaction may stay open for 160 s: 10 s between checkpoints,"
                + " 120 s for one (execution.checkpointing.timeout), 30 s for a restart. Kafka would give it up and its"
                + " output would be lost. Raise the option, or lower execution.checkpointing.timeout.");
    assertThat(times.problem(Duration.ofSeconds(160))).isEmpty();
  }

  @Test
  void warnsWhenToleratedFailuresOutlastTheTimeOut() {
    TransactionTimes times = times(Duration.ofMinutes(1), Duration.ofMinutes(2), 5);
    assertThat(times.problem(QUARTER)).isEmpty();
    assertThat(times.warning(QUARTER).orElseThrow())
        .startsWith("kafka.transaction-timeout is 900 s; when 5 checkpoints in a row fail")
        .contains("1110 s");
  }

  @Test
  void readsWhatTheDeploymentSays() {
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(30));
    flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 2);
    assertThat(TransactionTimes.of(flink))
        .isEqualTo(times(Duration.ofMillis(200), Duration.ofSeconds(30), 2));
  }

  private static TransactionTimes times(Duration interval, Duration checkpoint, int failures) {
    return new TransactionTimes(interval, checkpoint, failures);
  }
}
