package io.foreshock.runtime.kafka;

import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How long a transaction may have to stay open: from the checkpoint that opens it to the end of the
 * one that commits it, and over a restart in between. A broker that gives up before that throws
 * away what a checkpoint holds as written.
 *
 * @param interval between checkpoints
 * @param checkpoint longest time of one
 * @param failures checkpoints in a row that may fail before the job does
 */
record TransactionTimes(Duration interval, Duration checkpoint, int failures) {
  /** Lost TaskManager noticed (heartbeat), waiting time before the restart, state loaded. */
  static final Duration RESTART = Duration.ofSeconds(30);

  static TransactionTimes of(ReadableConfig flink) {
    return new TransactionTimes(
        flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).orElse(Duration.ZERO),
        flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT),
        flink.getOptional(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER).orElse(0));
  }

  /** One slow checkpoint and a restart. */
  Duration atLeast() {
    return interval.plus(checkpoint).plus(RESTART);
  }

  /** The same with every failure that is tolerated. */
  Duration withFailures() {
    return interval.plus(checkpoint).multipliedBy(failures + 1L).plus(RESTART);
  }

  /** What is wrong with a time-out: no transaction may be given up in normal operation. */
  Optional<String> problem(Duration timeout) {
    return timeout.compareTo(atLeast()) >= 0
        ? Optional.empty()
        : Optional.of(
            "kafka.transaction-timeout is %s, but a transaction may stay open for %s: %s between checkpoints, %s for one (execution.checkpointing.timeout), %s for a restart. Kafka would give it up and its output would be lost. Raise the option, or lower execution.checkpointing.timeout."
                .formatted(
                    text(timeout),
                    text(atLeast()),
                    text(interval),
                    text(checkpoint),
                    text(RESTART)));
  }

  /** What to know: tolerated failures of checkpoints may take longer than the time-out. */
  Optional<String> warning(Duration timeout) {
    return problem(timeout).isPresent() || timeout.compareTo(withFailures()) >= 0
        ? Optional.empty()
        : Optional.of(
            "kafka.transaction-timeout is %s; when %d checkpoints in a row fail, which the job tolerates, a transaction may stay open for %s and be lost. Lower execution.checkpointing.timeout or execution.checkpointing.tolerable-failed-checkpoints."
                .formatted(text(timeout), failures, text(withFailures())));
  }

  private static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
