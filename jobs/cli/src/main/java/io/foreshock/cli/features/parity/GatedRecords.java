package io.foreshock.cli.features.parity;

import io.foreshock.backtest.run.RecordedTopic;
import io.foreshock.model.RawRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Records of this process as a source that can be made to wait in the middle, for a savepoint. Only
 * for jobs that run in this process.
 */
final class GatedRecords implements AutoCloseable {
  private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();

  private static final class Run {
    final List<RawRecord> records;
    final CompletableFuture<Void> reached = new CompletableFuture<>();
    volatile long gate;

    Run(List<RawRecord> records, long gate) {
      this.records = records;
      this.gate = gate;
    }
  }

  /**
   * @param gate record in front of which the source waits; their number for no waiting
   */
  GatedRecords(List<RawRecord> records, long gate) {
    RUNS.put(run, new Run(records, gate));
  }

  /** Done when the source waits. */
  CompletableFuture<Void> reached() {
    return RUNS.get(run).reached;
  }

  /** A source that is started from now on does not wait. */
  void open() {
    RUNS.get(run).gate = Long.MAX_VALUE;
  }

  /** The records in their order, on the ingest clock, as from partitions of a topic. */
  DataStream<RawRecord> read(StreamExecutionEnvironment environment) {
    String name = run;
    DataGeneratorSource<RawRecord> source =
        new DataGeneratorSource<>(
            index -> RUNS.get(name).records.get(index.intValue()),
            RUNS.get(name).records.size(),
            new Gate(name),
            TypeInformation.of(RawRecord.class));
    return RecordedTopic.partitioned(
        environment
            .fromSource(source, RecordedTopic.clock(), "read-records")
            .uid("read-records")
            .setParallelism(1));
  }

  private record Gate(String run) implements RateLimiterStrategy<NumberSequenceSplit> {
    private static final long serialVersionUID = 1L;

    @Override
    public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
      Run of = RUNS.get(run);
      return new RateLimiter<>() {
        private long passed;

        @Override
        public CompletionStage<Void> acquire(int records) {
          passed += records;
          if (passed > of.gate) {
            of.reached.complete(null);
            return new CompletableFuture<>();
          }
          return CompletableFuture.completedFuture(null);
        }
      };
    }
  }

  @Override
  public void close() {
    RUNS.remove(run);
  }
}
