package io.foreshock.precursors;

import io.foreshock.model.Detection;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.kafka.PatternTopics;
import io.foreshock.runtime.testing.PartitionedSource;
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
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the pipeline over bounded records in this process. */
final class Runs {
  private static final Map<String, Queue<Detection>> RESULTS = new ConcurrentHashMap<>();

  private final MiniCluster cluster;

  Runs(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /** Runs to the end and returns the detections in the order in which they came. */
  List<Detection> complete(
      List<List<RawRecord>> partitions, PrecursorsConfig config, int parallelism) throws Exception {
    String run = UUID.randomUUID().toString();
    RESULTS.put(run, new ConcurrentLinkedQueue<>());
    PartitionedSource source = new PartitionedSource(run, partitions, 1);
    environment(run, source, config, parallelism, null).execute();
    return results(run, source);
  }

  /**
   * Runs to the middle, stops with a savepoint, restores it and runs to the end.
   *
   * @param share of the input that the savepoint lies behind
   */
  List<Detection> interrupted(
      List<List<RawRecord>> partitions,
      PrecursorsConfig config,
      int parallelismBefore,
      int parallelismAfter,
      double share,
      Path folder)
      throws Exception {
    String run = UUID.randomUUID().toString();
    RESULTS.put(run, new ConcurrentLinkedQueue<>());
    String savepoint = savepoint(run, partitions, config, parallelismBefore, share, folder);
    PartitionedSource rest = new PartitionedSource(run, partitions, 1);
    environment(run, rest, config, parallelismAfter, savepoint).execute();
    return results(run, rest);
  }

  /** Runs to the given share of the input and returns the path of a canonical savepoint. */
  String savepoint(
      List<List<RawRecord>> partitions, PrecursorsConfig config, double share, Path folder)
      throws Exception {
    String run = UUID.randomUUID().toString();
    RESULTS.put(run, new ConcurrentLinkedQueue<>());
    return savepoint(run, partitions, config, 1, share, folder);
  }

  private String savepoint(
      String run,
      List<List<RawRecord>> partitions,
      PrecursorsConfig config,
      int parallelism,
      double share,
      Path folder)
      throws Exception {
    PartitionedSource source = new PartitionedSource(run, partitions, share);
    JobClient job = environment(run, source, config, parallelism, null).executeAsync();
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

  private static List<Detection> results(String run, PartitionedSource source) {
    source.forget();
    return List.copyOf(RESULTS.remove(run));
  }

  private static StreamExecutionEnvironment environment(
      String run,
      PartitionedSource source,
      PrecursorsConfig config,
      int parallelism,
      String savepoint) {
    Configuration deployment = new Configuration();
    if (savepoint != null) {
      deployment.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(deployment);
    JobEnvironment.demand(environment);
    environment.setParallelism(parallelism);
    DataStream<RawRecord> raw =
        environment
            .fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "read")
            .uid("read");
    PrecursorsPipeline.Streams streams =
        config.documents().isEmpty()
            ? PrecursorsPipeline.define(raw, config)
            : PrecursorsPipeline.define(raw, published(run, source, environment), config).streams();
    streams.detections().sinkTo(new Results(run)).uid("write");
    return environment;
  }

  /** A topic of patterns with one record behind the gate, which nobody can read. */
  private static DataStream<PatternRecord> published(
      String run, PartitionedSource raw, StreamExecutionEnvironment environment) {
    RawRecord broken =
        new RawRecord("", "patterns", 0, 0, 0, "_all/broken".getBytes(), new byte[] {1, 2, 3});
    PartitionedSource source =
        new PartitionedSource(run + " patterns", List.of(List.of(broken)), raw.stopAt());
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "read-patterns")
        .uid("read-patterns")
        .setParallelism(1)
        .map(record -> new PatternRecord(new String(record.key()), record.value(), 0))
        .uid("as-published")
        .setParallelism(1)
        .assignTimestampsAndWatermarks(PatternTopics.noClock())
        .uid("no-clock")
        .setParallelism(1);
  }

  /** Collects detections in this process, each as soon as it comes. */
  private record Results(String run) implements Sink<Detection> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Detection> createWriter(WriterInitContext context) {
      Queue<Detection> results = RESULTS.get(run);
      return new SinkWriter<>() {
        @Override
        public void write(Detection detection, Context context) {
          results.add(detection);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
