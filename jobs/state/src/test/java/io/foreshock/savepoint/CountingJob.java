package io.foreshock.savepoint;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Counts numbers by key in a value, in a map by last digit and in a list, and sets a timer, so that
 * any snapshot can be checked against itself. Runs until it is stopped.
 */
final class CountingJob {
  static final int KEYS = 100;
  static final int MAX_PARALLELISM = 240;
  static final String UID = "count-numbers";

  /** In front of the values of the state {@code noted}. */
  static final byte FORMAT = 2;

  private static final long NEVER = 1L << 50;

  private CountingJob() {}

  static StreamExecutionEnvironment environment(String backend, boolean changelog, Path folder) {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    configuration.set(StateChangelogOptions.ENABLE_STATE_CHANGE_LOG, changelog);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(2);
    environment
        .fromSource(
            new DataGeneratorSource<>(
                number -> number, Long.MAX_VALUE, RateLimiterStrategy.perSecond(5_000), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("read-numbers")
        .keyBy(number -> "acme/pump-" + number % KEYS, Types.STRING)
        .process(new Count())
        .uid(UID)
        .name(UID)
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    return environment;
  }

  private static final class Count extends KeyedProcessFunction<String, Long, Long> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> total;
    private transient MapState<Integer, Long> byDigit;
    private transient ListState<Integer> digits;
    private transient ValueState<byte[]> noted;

    @Override
    public void open(OpenContext context) {
      total = getRuntimeContext().getState(new ValueStateDescriptor<>("total", Types.LONG));
      byDigit =
          getRuntimeContext()
              .getMapState(new MapStateDescriptor<>("by-digit", Types.INT, Types.LONG));
      digits = getRuntimeContext().getListState(new ListStateDescriptor<>("digits", Types.INT));
      noted =
          getRuntimeContext()
              .getState(
                  new ValueStateDescriptor<>(
                      "noted", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      int digit = (int) (number / KEYS % 10);
      Long before = total.value();
      if (before == null) {
        context.timerService().registerEventTimeTimer(NEVER);
      }
      total.update(before == null ? 1 : before + 1);
      Long ofDigit = byDigit.get(digit);
      byDigit.put(digit, ofDigit == null ? 1 : ofDigit + 1);
      digits.add(digit);
      noted.update(new byte[] {FORMAT, (byte) digit});
    }
  }
}
