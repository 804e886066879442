package io.foreshock.ingest;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's graph for the benchmark, made by the job itself. */
public final class IngestGraph {
  public static final String NAME = IngestJob.NAME;
  public static final Options OPTIONS = IngestOptions.ALL;

  private IngestGraph() {}

  /** Adds the whole job, with everything that {@code main} adds. */
  public static void connect(StreamExecutionEnvironment environment, Settings settings) {
    JobEnvironment.demand(environment);
    IngestJob.build(environment, settings);
  }
}
