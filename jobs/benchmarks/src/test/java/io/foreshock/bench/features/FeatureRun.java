package io.foreshock.bench.features;

import com.sun.management.OperatingSystemMXBean;
import io.foreshock.bench.FlinkInProcess;
import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.features.FeaturesConfig;
import io.foreshock.features.FeaturesPipeline;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.avro.FeatureRecord;
import io.foreshock.operators.features.definition.FeatureSet;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the pipeline of the job: a month to fill its windows, then some days that are measured. */
final class FeatureRun {
  private static final long PATIENCE_MINUTES = 60;

  /** Of the run that is under way; one at a time. */
  private static volatile Progress progress;

  private final FlinkInProcess flink;
  private final FeatureLoad load;
  private final long fillRows;
  private final long measuredRows;

  private static final class Progress {
    final AtomicLong rows = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final CompletableFuture<Mark> filled = new CompletableFuture<>();
    final CompletableFuture<Mark> done = new CompletableFuture<>();
    final long fill;
    final long end;

    Progress(long fill, long end) {
      this.fill = fill;
      this.end = end;
    }

    void row(int size) {
      long number = rows.incrementAndGet();
      bytes.addAndGet(size);
      if (number == fill) {
        filled.complete(Mark.now());
      } else if (number == end) {
        done.complete(Mark.now());
      }
    }
  }

  private record Mark(long nanos, long processorNanos) {
    static Mark now() {
      OperatingSystemMXBean machine =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Mark(System.nanoTime(), machine.getProcessCpuTime());
    }
  }

  /**
   * What was measured.
   *
   * @param stateBytes canonical savepoint at the end, by machine and channel
   */
  record Figures(
      double readingsPerSecond,
      double processorMicrosPerReading,
      double rowBytes,
      double stateBytes) {}

  /**
   * @param fillMessages messages of each machine that come before those that are measured
   */
  FeatureRun(FlinkInProcess flink, FeatureLoad load, int fillMessages) {
    this.flink = flink;
    this.load = load;
    this.fillRows = (long) fillMessages * load.devices();
    // The last row of each machine waits for the message after it.
    this.measuredRows = (long) (load.messages() - fillMessages - 2) * load.devices();
  }

  Figures run(FeatureLoad.Windows windows, Duration checkpoints) throws Exception {
    Progress mine = new Progress(fillRows, fillRows + measuredRows);
    progress = mine;
    Configuration settings = flink.settings();
    settings.setString("execution.checkpointing.interval", checkpoints.toMillis() + " ms");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    FeatureSet set = windows.set();
    FeatureLoad messages = load;
    DataGeneratorSource<TelemetryBatch> source =
        new DataGeneratorSource<>(
            messages::message,
            load.numbers(),
            new StopBeforeEnd(load.total() / 2),
            TypeInformation.of(TelemetryBatch.class));
    FeaturesPipeline.define(
            environment
                .fromSource(
                    source,
                    WatermarkStrategy.<TelemetryBatch>forMonotonousTimestamps()
                        .withTimestampAssigner((batch, at) -> batch.appendTimeMillis()),
                    "read")
                .uid("read"),
            Optional.empty(),
            FeaturesConfig.of(List.of(set)))
        .sinkTo(new Encoding(set))
        .uid("encode");
    JobID job = flink.submit(environment, mine.done::completeExceptionally);
    try {
      Mark from = await(mine.filled, mine);
      long bytesBefore = mine.bytes.get();
      Mark until = await(mine.done, mine);
      double readings = (double) measuredRows * FeatureLoad.READINGS;
      return new Figures(
          readings / ((until.nanos - from.nanos) / 1e9),
          (until.processorNanos - from.processorNanos) / 1e3 / readings,
          (mine.bytes.get() - bytesBefore) / (double) measuredRows,
          flink.savepointBytes(job) / (double) load.devices() / FeatureLoad.CHANNELS);
    } finally {
      flink.cancel(job);
    }
  }

  private static Mark await(CompletableFuture<Mark> mark, Progress of) throws Exception {
    CompletableFuture.anyOf(mark, of.done).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    return mark.get(1, TimeUnit.MINUTES);
  }

  /** Lets a task send so many messages; then it waits, so that a savepoint can be taken. */
  private record StopBeforeEnd(long messages) implements RateLimiterStrategy<NumberSequenceSplit> {
    private static final long serialVersionUID = 1L;

    @Override
    public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
      return new RateLimiter<>() {
        private long passed;

        @Override
        public CompletionStage<Void> acquire(int number) {
          passed += number;
          return passed <= messages
              ? CompletableFuture.completedFuture(null)
              : new CompletableFuture<>();
        }
      };
    }
  }

  /** Encodes rows as the job does, and keeps none. */
  private record Encoding(FeatureSet set) implements Sink<FeatureRow> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<FeatureRow> createWriter(WriterInitContext context) {
      SingleObjectEncoder encoder = new SingleObjectEncoder();
      FeatureRecord record = new FeatureRecord(set);
      Progress of = progress;
      return new SinkWriter<>() {
        @Override
        public void write(FeatureRow row, Context at) {
          of.row(encoder.encode("bench.features.bench", record.of(row)).length);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
