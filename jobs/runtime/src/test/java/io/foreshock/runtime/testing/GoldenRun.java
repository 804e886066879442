package io.foreshock.runtime.testing;

import io.foreshock.model.RawRecord;
import io.foreshock.runtime.JobEnvironment;
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
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs a job over bounded records, from savepoint to savepoint. */
final class GoldenRun {
  private static final Map<String, Queue<Told>> TOLD = new ConcurrentHashMap<>();

  private final MiniCluster cluster;
  private final GoldenJob job;
  private final Map<String, List<List<RawRecord>>> inputs;
  private final Path folder;
  private final List<String> lines = new ArrayList<>();
  private final List<String> wholes = new ArrayList<>();
  private String savepoint;

  /** An element in the words that golden savepoints keep, and in all words. */
  private record Told(String line, String whole) {}

  /**
   * How a step is deployed.
   *
   * @param changelog whether changes of state go to a log, and the backend below is written now and
   *     then
   */
  record Deployment(String backend, int parallelism, boolean changelog) {
    Deployment(String backend, int parallelism) {
      this(backend, parallelism, false);
    }
  }

  GoldenRun(
      MiniCluster cluster, GoldenJob job, Map<String, List<List<RawRecord>>> inputs, Path folder) {
    this.cluster = cluster;
    this.job = job;
    this.inputs = inputs;
    this.folder = folder;
  }

  /** Goes on from this savepoint. */
  GoldenRun from(String path) {
    savepoint = path;
    return this;
  }

  /** What came out, in any order. */
  List<String> lines() {
    return lines;
  }

  /** The same with everything that is known of it. */
  List<String> wholes() {
    return wholes;
  }

  /** Runs to a share of each input and stops with a canonical savepoint, whose path it returns. */
  String to(double share, Deployment deployment) throws Exception {
    Step step = new Step(share);
    JobClient client = step.environment(deployment).executeAsync();
    try {
      CommonTestUtils.waitForAllTaskRunning(cluster, client.getJobID(), false);
      CommonTestUtils.waitUntilCondition(step::isAtGate);
      savepoint =
          client
              .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
              .get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      client
          .getJobExecutionResult()
          .orTimeout(1, TimeUnit.SECONDS)
          .exceptionally(
              failure -> {
                e.addSuppressed(failure);
                return null;
              })
          .get(60, TimeUnit.SECONDS);
      client.cancel();
      throw e;
    }
    step.collect();
    return savepoint;
  }

  /** Runs to the end. */
  GoldenRun toEnd(Deployment deployment) throws Exception {
    Step step = new Step(1);
    step.environment(deployment).execute();
    step.collect();
    return this;
  }

  private final class Step {
    private final String run = UUID.randomUUID().toString();
    private final List<PartitionedSource> sources = new ArrayList<>();
    private final double share;

    Step(double share) {
      this.share = share;
      TOLD.put(run, new ConcurrentLinkedQueue<>());
    }

    boolean isAtGate() {
      return sources.stream().allMatch(PartitionedSource::isAtGate);
    }

    void collect() {
      sources.forEach(PartitionedSource::forget);
      for (Told told : TOLD.remove(run)) {
        lines.add(told.line());
        wholes.add(told.whole());
      }
    }

    StreamExecutionEnvironment environment(Deployment deployment) {
      Configuration configuration = new Configuration();
      configuration.set(StateBackendOptions.STATE_BACKEND, deployment.backend());
      configuration.set(StateChangelogOptions.ENABLE_STATE_CHANGE_LOG, deployment.changelog());
      if (savepoint != null) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      }
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.getExecutionEnvironment(configuration);
      JobEnvironment.demand(environment);
      environment.setParallelism(deployment.parallelism());
      String of = run;
      job.define(
          name -> read(name, environment),
          new GoldenJob.Outputs() {
            @Override
            public <T> void collect(
                String name,
                DataStream<T> stream,
                GoldenJob.Line<T> line,
                GoldenJob.Line<T> whole) {
              stream.sinkTo(new LineSink<>(of, line, whole)).uid(name).name(name);
            }
          });
      return environment;
    }

    private DataStream<RawRecord> read(String name, StreamExecutionEnvironment environment) {
      PartitionedSource source = new PartitionedSource(run + " " + name, inputs.get(name), share);
      sources.add(source);
      return environment
          .fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "read " + name)
          .uid("read " + name);
    }
  }

  /** Collects lines in this process, each as soon as it comes. */
  private record LineSink<T>(String run, GoldenJob.Line<T> line, GoldenJob.Line<T> whole)
      implements Sink<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      Queue<Told> told = TOLD.get(run);
      return new SinkWriter<>() {
        @Override
        public void write(T element, Context context) {
          told.add(new Told(line.apply(element), whole.apply(element)));
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
