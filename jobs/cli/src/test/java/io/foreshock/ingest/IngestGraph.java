package io.foreshock.ingest;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph of {@code ingest}, as the job itself makes it, for tests of tools around it. */
public final class IngestGraph {

  private IngestGraph() {}

  /**
   * @param options {@code -Dkey=value}
   */
  public static void build(StreamExecutionEnvironment environment, String... options) {
    JobEnvironment.demand(environment);
    IngestJob.build(environment, Settings.read(IngestOptions.ALL, CommandLine.parse(options)));
  }
}
