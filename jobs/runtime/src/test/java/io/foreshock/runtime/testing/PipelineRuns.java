package io.foreshock.runtime.testing;

import io.foreshock.model.RawRecord;
import io.foreshock.runtime.JobEnvironment;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Runs a pipeline with one output over bounded records in this process. */
public final class PipelineRuns<T> {
  private static final Map<String, Queue<Object>> RESULTS = new ConcurrentHashMap<>();

  private final MiniCluster cluster;
  private final Pipeline<T> pipeline;

  /** From records to what comes out; every operator with a uid. */
  public interface Pipeline<T> {
    DataStream<T> define(DataStream<RawRecord> records);
  }

  public PipelineRuns(MiniCluster cluster, Pipeline<T> pipeline) {
    this.cluster = cluster;
    this.pipeline = pipeline;
  }

  /** Runs to the end. */
  public List<T> complete(List<List<RawRecord>> partitions, int parallelism) throws Exception {
    String run = begin();
    toTheEnd(run, partitions, parallelism, null);
    return results(run);
  }

  /**
   * Runs in legs of the same length; between two of them a savepoint is taken and restored.
   *
   * @param parallelisms of the legs
   */
  public List<T> interrupted(List<List<RawRecord>> partitions, Path folder, int... parallelisms)
      throws Exception {
    String run = begin();
    String savepoint = null;
    for (int leg = 1; leg < parallelisms.length; leg++) {
      double share = (double) leg / parallelisms.length;
      savepoint = savepoint(run, partitions, parallelisms[leg - 1], share, savepoint, folder);
    }
    toTheEnd(run, partitions, parallelisms[parallelisms.length - 1], savepoint);
    return results(run);
  }

  /** Runs to the given share of the input and returns the path of a canonical savepoint. */
  public String savepoint(List<List<RawRecord>> partitions, double share, Path folder)
      throws Exception {
    return savepoint(begin(), partitions, 1, share, null, folder);
  }

  private static String begin() {
    String run = UUID.randomUUID().toString();
    RESULTS.put(run, new ConcurrentLinkedQueue<>());
    return run;
  }

  @SuppressWarnings("unchecked")
  private List<T> results(String run) {
    return new ArrayList<>((Queue<T>) RESULTS.remove(run));
  }

  private void toTheEnd(
      String run, List<List<RawRecord>> partitions, int parallelism, String savepoint)
      throws Exception {
    PartitionedSource source = new PartitionedSource(run, partitions, 1);
    environment(run, source, parallelism, savepoint).execute();
    source.forget();
  }

  private String savepoint(
      String run,
      List<List<RawRecord>> partitions,
      int parallelism,
      double share,
      String from,
      Path folder)
      throws Exception {
    PartitionedSource source = new PartitionedSource(run, partitions, share);
    JobClient job = environment(run, source, parallelism, from).executeAsync();
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
    pipeline
        .define(
            environment
                .fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "read")
                .uid("read"))
        .sinkTo(new Collecting<>(run))
        .uid("collect");
    return environment;
  }

  /** Collects in this process, each as soon as it comes. */
  private record Collecting<T>(String run) implements Sink<T>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      Queue<Object> results = RESULTS.get(run);
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
