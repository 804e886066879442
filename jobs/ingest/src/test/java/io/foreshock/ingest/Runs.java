package io.foreshock.ingest;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.testing.PartitionedSource;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the pipeline over bounded records in this process. */
final class Runs {
  private static final Map<String, Results> RESULTS = new ConcurrentHashMap<>();

  private final MiniCluster cluster;
  private final IngestConfig config;

  Runs(MiniCluster cluster, IngestConfig config) {
    this.cluster = cluster;
    this.config = config;
  }

  /** What came out, each stream in the order in which it came. */
  record Results(
      Queue<TelemetryBatch> telemetry,
      Queue<TelemetryBatch> backfill,
      Queue<DeadLetter> deadLetters) {
    Results() {
      this(
          new ConcurrentLinkedQueue<>(),
          new ConcurrentLinkedQueue<>(),
          new ConcurrentLinkedQueue<>());
    }
  }

  /** Runs to the end. */
  Results complete(List<List<RawRecord>> partitions, int parallelism) throws Exception {
    String run = UUID.randomUUID().toString();
    RESULTS.put(run, new Results());
    PartitionedSource source = new PartitionedSource(run, partitions, 1);
    environment(run, source, parallelism, null).execute();
    source.forget();
    return RESULTS.remove(run);
  }

  /**
   * Runs to the middle, stops with a savepoint, restores it and runs to the end.
   *
   * @param share of the input that the savepoint lies behind
   */
  Results interrupted(
      List<List<RawRecord>> partitions, int before, int after, double share, Path folder)
      throws Exception {
    String run = UUID.randomUUID().toString();
    RESULTS.put(run, new Results());
    String savepoint = savepoint(run, partitions, before, share, folder);
    PartitionedSource rest = new PartitionedSource(run, partitions, 1);
    environment(run, rest, after, savepoint).execute();
    rest.forget();
    return RESULTS.remove(run);
  }

  /** Runs to the given share of the input and returns the path of a canonical savepoint. */
  String savepoint(List<List<RawRecord>> partitions, double share, Path folder) throws Exception {
    String run = UUID.randomUUID().toString();
    RESULTS.put(run, new Results());
    return savepoint(run, partitions, 1, share, folder);
  }

  private String savepoint(
      String run, List<List<RawRecord>> partitions, int parallelism, double share, Path folder)
      throws Exception {
    PartitionedSource source = new PartitionedSource(run, partitions, share);
    JobClient job = environment(run, source, parallelism, null).executeAsync();
    try {
      CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
      CommonTestUtils.waitUntilCondition(source::isAtGate);
      return job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
          .get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      job.cancel().get(60, TimeUnit.SECONDS);
      throw e;
    }
  }

  private StreamExecutionEnvironment environment(
      String run, PartitionedSource source, int parallelism, String savepoint) {
    Configuration deployment = new Configuration();
    if (savepoint != null) {
      deployment.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(deployment);
    JobEnvironment.demand(environment);
    environment.setParallelism(parallelism);
    IngestPipeline.Streams streams =
        IngestPipeline.define(
            environment
                .fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "read")
                .uid("read"),
            config);
    streams.telemetry().sinkTo(new Collecting<>(run, Results::telemetry)).uid("telemetry");
    streams.backfill().sinkTo(new Collecting<>(run, Results::backfill)).uid("backfill");
    streams.deadLetters().sinkTo(new Collecting<>(run, Results::deadLetters)).uid("dead-letters");
    return environment;
  }

  /** Chooses a stream of the results. */
  private interface Part<T> extends Serializable {
    Queue<T> of(Results results);
  }

  /** Collects in this process, each as soon as it comes. */
  private record Collecting<T>(String run, Part<T> part) implements Sink<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      Queue<T> results = part.of(RESULTS.get(run));
      return new SinkWriter<>() {
        @Override
        public void write(T element, Context context) {
          results.add(element);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
