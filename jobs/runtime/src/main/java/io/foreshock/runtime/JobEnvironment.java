package io.foreshock.runtime;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a job demands of Flink, and what it would like when the deployment does not say otherwise.
 *
 * <p>Parallelism, memory, state backend and directories belong to the deployment alone.
 */
public final class JobEnvironment {
  /**
   * Key groups of every keyed state; fixed for the life of the state. 240 has many divisors, so the
   * key groups divide evenly over most parallelisms.
   */
  public static final int MAX_PARALLELISM = 240;

  private JobEnvironment() {}

  /** Sets what is never negotiable: no Kryo, no generated uids, object reuse, key groups. */
  public static void demand(StreamExecutionEnvironment environment) {
    Configuration demands = new Configuration();
    demands.set(PipelineOptions.GENERIC_TYPES, false);
    demands.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    demands.set(PipelineOptions.OBJECT_REUSE, true);
    demands.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    environment.configure(demands, JobEnvironment.class.getClassLoader());
  }

  /**
   * Sets the checkpoints of the alert path where the deployment has not: a reader sees a detection
   * after about one interval.
   */
  public static void preferAlertPath(StreamExecutionEnvironment environment) {
    prefer(environment, Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofMillis(5));
  }

  /**
   * Sets the checkpoints of a job that nobody waits for within a second, where the deployment has
   * not: a reader sees a record after about a second.
   */
  public static void preferThroughput(StreamExecutionEnvironment environment) {
    prefer(environment, Duration.ofSeconds(1), Duration.ofMillis(250), Duration.ofMillis(50));
  }

  private static void prefer(
      StreamExecutionEnvironment environment,
      Duration interval,
      Duration pause,
      Duration bufferTimeout) {
    ReadableConfig deployed = environment.getConfiguration();
    Configuration wishes = new Configuration();
    wish(deployed, wishes, CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    wish(deployed, wishes, CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, pause);
    wish(deployed, wishes, CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(2));
    wish(deployed, wishes, CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 5);
    wish(deployed, wishes, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    wish(
        deployed,
        wishes,
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    wish(deployed, wishes, ExecutionOptions.BUFFER_TIMEOUT, bufferTimeout);
    environment.configure(wishes, JobEnvironment.class.getClassLoader());
  }

  private static <T> void wish(
      ReadableConfig deployed, Configuration wishes, ConfigOption<T> option, T value) {
    if (deployed.getOptional(option).isEmpty()) {
      wishes.set(option, value);
    }
  }
}
