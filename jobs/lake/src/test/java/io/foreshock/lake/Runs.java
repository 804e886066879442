package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.JobEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job in this process: numbered batches, a place that breaks on command, the lake. */
final class Runs {
  private static final Map<String, AtomicInteger> FAILURES = new ConcurrentHashMap<>();

  private Runs() {}

  /**
   * @param count number of batches
   * @param perCheckpoint batches between two checkpoints
   * @param failures how often a task fails, each time between two checkpoints
   */
  static StreamExecutionEnvironment job(
      String name,
      GeneratorFunction<Long, TelemetryBatch> batches,
      long count,
      int perCheckpoint,
      int failures,
      LakeConfig config) {
    FAILURES.put(name, new AtomicInteger(failures));
    Configuration deployment = new Configuration();
    deployment.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    deployment.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1000);
    deployment.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(deployment);
    JobEnvironment.demand(environment);
    environment.setParallelism(2);
    environment.enableCheckpointing(50);
    DataStream<TelemetryBatch> telemetry =
        environment
            .fromSource(
                new DataGeneratorSource<>(
                    batches,
                    count,
                    RateLimiterStrategy.perCheckpoint(perCheckpoint),
                    TypeInformation.of(TelemetryBatch.class)),
                WatermarkStrategy.noWatermarks(),
                "read")
            .uid("read")
            .map(new Fuse(name))
            .returns(TelemetryBatch.class)
            .uid("fuse");
    LakeSinks.write(telemetry, config);
    return environment;
  }

  static int failuresLeft(String name) {
    return FAILURES.get(name).get();
  }

  /** Fails while failures are left, some batches behind each third checkpoint. */
  private static final class Fuse extends RichMapFunction<TelemetryBatch, TelemetryBatch>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private final String name;
    private transient int checkpoints;
    private transient int batches;

    Fuse(String name) {
      this.name = name;
    }

    @Override
    public TelemetryBatch map(TelemetryBatch batch) {
      batches++;
      if (checkpoints >= 3
          && batches > 5
          && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0
          && FAILURES.get(name).getAndDecrement() > 0) {
        throw new IllegalStateException("Failure on command.");
      }
      return batch;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      checkpoints++;
      batches = 0;
    }
  }
}
