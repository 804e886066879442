package io.foreshock.features;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.testing.PartitionedSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Runs the pipeline over bounded messages in this process. */
final class Runs {
  private static final Map<String, Queue<FeatureRow>> ROWS = new ConcurrentHashMap<>();

  private final MiniCluster cluster;

  Runs(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /** Runs to the middle, and returns the path of a canonical savepoint. */
  String savepoint(List<TelemetryBatch> batches, FeaturesConfig config, Path folder)
      throws Exception {
    return savepoint(UUID.randomUUID().toString(), batches, config, 1, folder);
  }

  /** Runs to the middle, restores the savepoint with another configuration, and runs to the end. */
  List<FeatureRow> changed(
      List<TelemetryBatch> batches,
      FeaturesConfig before,
      FeaturesConfig after,
      int parallelismAfter,
      Path folder)
      throws Exception {
    String run = UUID.randomUUID().toString();
    String savepoint = savepoint(run, batches, before, 1, folder);
    PartitionedSource rest = new PartitionedSource(run, partitions(batches), 1);
    environment(run, rest, after, parallelismAfter, savepoint).execute();
    rest.forget();
    return new ArrayList<>(ROWS.remove(run));
  }

  private String savepoint(
      String run, List<TelemetryBatch> batches, FeaturesConfig config, int parallelism, Path folder)
      throws Exception {
    ROWS.put(run, new ConcurrentLinkedQueue<>());
    PartitionedSource source = new PartitionedSource(run, partitions(batches), 0.5);
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

  private static List<List<RawRecord>> partitions(List<TelemetryBatch> batches) {
    List<RawRecord> records = new ArrayList<>();
    for (TelemetryBatch batch : batches) {
      records.add(
          new RawRecord(
              batch.asset().tenant(),
              "acme.telemetry",
              0,
              records.size(),
              batch.appendTimeMillis(),
              batch.asset().assetId().getBytes(StandardCharsets.UTF_8),
              TelemetryCodec.encodeClean(batch, false)));
    }
    return List.of(records);
  }

  private static StreamExecutionEnvironment environment(
      String run,
      PartitionedSource source,
      FeaturesConfig config,
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
    DataStream<TelemetryBatch> telemetry =
        environment
            .fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "read")
            .uid("read")
            .map(record -> TelemetryCodec.parseClean(record.value(), record.tenant()))
            .returns(TelemetryBatch.class)
            .uid("parse");
    FeaturesPipeline.define(telemetry, Optional.empty(), config)
        .sinkTo(new Collecting(run))
        .uid("collect");
    return environment;
  }

  /** Rows that are collected from now on. */
  static Queue<FeatureRow> collect(String run) {
    return ROWS.computeIfAbsent(run, name -> new ConcurrentLinkedQueue<>());
  }

  static Sink<FeatureRow> sink(String run) {
    return new Collecting(run);
  }

  /** Collects in this process, each as soon as it comes. */
  private record Collecting(String run) implements Sink<FeatureRow> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<FeatureRow> createWriter(WriterInitContext context) {
      Queue<FeatureRow> rows = ROWS.get(run);
      return new SinkWriter<>() {
        @Override
        public void write(FeatureRow row, Context at) {
          rows.add(row);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
