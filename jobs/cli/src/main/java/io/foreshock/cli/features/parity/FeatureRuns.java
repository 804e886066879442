package io.foreshock.cli.features.parity;

import io.foreshock.cli.CliFailure;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.features.FeaturesConfig;
import io.foreshock.features.FeaturesPipeline;
import io.foreshock.ingest.IngestConfig;
import io.foreshock.ingest.IngestPipeline;
import io.foreshock.lake.ReadLakeFileFunction;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.decode.DecodeTelemetryFunction;
import io.foreshock.operators.features.AssignFeatureSetsFunction;
import io.foreshock.operators.features.FeatureInput;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** The jobs' own pipelines on records of this process, inside this process. */
public final class FeatureRuns {
  private static final long PATIENCE_SECONDS = 600;

  private final List<FeatureSet> sets;
  private final IngestConfig ingest;
  private final Path checkpoints;
  private final KnownModels models;

  /**
   * @param models of machines, by key
   * @param checkpoints folder for what jobs write beside their rows
   */
  public FeatureRuns(
      List<FeatureSet> sets,
      ChannelRegistry channels,
      Map<String, String> models,
      Path checkpoints) {
    this.sets = sets;
    this.models = new KnownModels(models);
    this.ingest = IngestConfig.of(channels);
    this.checkpoints = checkpoints;
  }

  /**
   * Rows of history: decoded, then features in batch mode, where Flink sorts each asset by event
   * time.
   */
  public void batch(List<RawRecord> history, int parallelism, Sink<FeatureRow> sink) {
    try (GatedRecords records = new GatedRecords(history, Long.MAX_VALUE)) {
      batch(
          environment ->
              records
                  .read(environment)
                  .process(new DecodeTelemetryFunction(ingest.decode(), ingest.channels()))
                  .uid(IngestPipeline.DECODE),
          parallelism,
          sink);
    }
  }

  /** Rows of files of a lake, in batch mode; no more of them is in memory than Flink sorts in. */
  public RowTable lake(List<String> files, int parallelism) {
    try (RowCollection rows = new RowCollection()) {
      batch(
          environment ->
              environment
                  .fromData(files)
                  .uid("lake-files")
                  .rebalance()
                  .flatMap(new ReadLakeFileFunction())
                  .returns(TelemetryBatch.class)
                  .uid("read-lake"),
          parallelism,
          rows.sink());
      return rows.table();
    }
  }

  private void batch(
      Function<StreamExecutionEnvironment, DataStream<TelemetryBatch>> history,
      int parallelism,
      Sink<FeatureRow> sink) {
    StreamExecutionEnvironment environment = environment(parallelism, null);
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    try {
      DataStream<TelemetryBatch> telemetry =
          history
              .apply(environment)
              .assignTimestampsAndWatermarks(
                  WatermarkStrategy.<TelemetryBatch>noWatermarks()
                      .withTimestampAssigner((batch, append) -> batch.oldestEventTimeMillis()))
              .uid("take-event-time");
      FeaturesPipeline.define(telemetry, registry(telemetry), config()).sinkTo(sink).uid("rows");
      environment.execute("features-of-history");
    } catch (Exception e) {
      throw failure(e);
    }
  }

  /** The same, collected. */
  public RowTable batch(List<RawRecord> history, int parallelism) {
    try (RowCollection rows = new RowCollection()) {
      batch(history, parallelism, rows.sink());
      return rows.table();
    }
  }

  /**
   * What ingest makes of records as they arrived: telemetry and backfill in the order in which they
   * were passed on.
   */
  public List<RawRecord> ingested(List<RawRecord> arrived, int parallelism) {
    try (GatedRecords records = new GatedRecords(arrived, Long.MAX_VALUE);
        PassedOn passed = new PassedOn()) {
      StreamExecutionEnvironment environment = environment(parallelism, null);
      IngestPipeline.Streams streams = IngestPipeline.define(records.read(environment), ingest);
      streams.telemetry().sinkTo(passed.sink(false)).uid("telemetry");
      streams.backfill().sinkTo(passed.sink(true)).uid("backfill");
      environment.execute("ingest");
      return passed.records();
    } catch (Exception e) {
      throw failure(e);
    }
  }

  /**
   * Rows as they are served.
   *
   * @param clean what ingest passed on
   */
  public RowTable served(List<RawRecord> clean, int parallelism) {
    try (RowCollection rows = new RowCollection();
        GatedRecords records = new GatedRecords(clean, Long.MAX_VALUE)) {
      serve(records, parallelism, null, rows).execute("features-served");
      return rows.table();
    } catch (Exception e) {
      throw failure(e);
    }
  }

  /**
   * The same, stopped with a savepoint and restored from it.
   *
   * @param share of the records that the savepoint lies behind
   * @param parallelism before the savepoint
   * @param parallelismAfter after it
   */
  public RowTable interrupted(
      List<RawRecord> clean, double share, int parallelism, int parallelismAfter) {
    try (RowCollection rows = new RowCollection();
        GatedRecords records = new GatedRecords(clean, (long) (share * clean.size()))) {
      JobClient job = serve(records, parallelism, null, rows).executeAsync("features-served");
      // Whichever comes first: a job that fails never reaches the gate.
      CompletableFuture.anyOf(records.reached(), job.getJobExecutionResult())
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String savepoint = savepoint(job);
      records.open();
      serve(records, parallelismAfter, savepoint, rows).execute("features-served-again");
      return rows.table();
    } catch (Exception e) {
      throw failure(e);
    }
  }

  /** A job that has just been started may have tasks that do not run yet. */
  private String savepoint(JobClient job) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        return job.stopWithSavepoint(
                false, checkpoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (System.nanoTime() > giveUp || job.getJobExecutionResult().isDone()) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
  }

  /** Telemetry and backfill in one stream, so that a replay at full speed keeps their order. */
  private StreamExecutionEnvironment serve(
      GatedRecords records, int parallelism, String savepoint, RowCollection rows) {
    StreamExecutionEnvironment environment = environment(parallelism, savepoint);
    DataStream<RawRecord> clean = records.read(environment);
    DataStream<FeatureInput> inputs =
        clean
            .flatMap(new AssignRecords(sets))
            .returns(FeatureInput.class)
            .uid(FeaturesPipeline.ASSIGN);
    FeaturesPipeline.compute(inputs, registry(clean), config()).sinkTo(rows.sink()).uid("rows");
    return environment;
  }

  private static final class AssignRecords implements FlatMapFunction<RawRecord, FeatureInput> {
    private static final long serialVersionUID = 1L;

    private final AssignFeatureSetsFunction telemetry;
    private final AssignFeatureSetsFunction backfill;

    AssignRecords(List<FeatureSet> sets) {
      telemetry = new AssignFeatureSetsFunction(sets, false);
      backfill = new AssignFeatureSetsFunction(sets, true);
    }

    @Override
    public void flatMap(RawRecord record, Collector<FeatureInput> out) throws Exception {
      TelemetryBatch batch = TelemetryCodec.parseClean(record.value(), record.tenant());
      (TenantTopic.BACKFILL.matches(record.topic()) ? backfill : telemetry).flatMap(batch, out);
    }
  }

  /** What is known stays as it is: no record comes beside the snapshot. */
  private Optional<FeaturesPipeline.Registry> registry(DataStream<?> beside) {
    DataStream<RawRecord> none =
        beside
            .filter(record -> false)
            .uid("no-records")
            .map(record -> (RawRecord) null)
            .returns(RawRecord.class)
            .uid("no-assets");
    return Optional.of(new FeaturesPipeline.Registry(none, models));
  }

  /** No asset is forgotten: history holds some that said nothing for months. */
  private FeaturesConfig config() {
    return new FeaturesConfig(sets, Duration.ofDays(36_500));
  }

  private StreamExecutionEnvironment environment(int parallelism, String savepoint) {
    Configuration settings = new Configuration();
    // What fails once fails again.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    // Savepoints of large state are written to files, not to the memory of the master.
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    if (savepoint != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    JobEnvironment.demand(environment);
    return environment;
  }

  private static CliFailure failure(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return CliFailure.failed("The job failed: " + cause, e);
  }
}
