package io.foreshock.alerts;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph of {@code alerts}, as the job itself makes it, for tests of tools around it. */
public final class AlertsGraph {

  private AlertsGraph() {}

  /**
   * @param options {@code -Dkey=value}
   */
  public static void build(StreamExecutionEnvironment environment, String... options) {
    JobEnvironment.demand(environment);
    AlertsJob.build(environment, Settings.read(AlertsOptions.ALL, CommandLine.parse(options)));
  }
}
