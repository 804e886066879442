package io.foreshock.alerts;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.JobLauncher;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaStartChecks;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs {@link AlertsPipeline} between Kafka topics. */
public final class AlertsJob {
  /** Name of the job; part of transactional ids. */
  public static final String NAME = "alerts";

  private AlertsJob() {}

  public static void main(String[] args) throws Exception {
    JobLauncher.run(NAME, AlertsOptions.ALL, args, AlertsJob::build);
  }

  static void build(StreamExecutionEnvironment environment, Settings settings) {
    JobEnvironment.preferAlertPath(environment);
    AlertsConfig config = AlertsConfig.from(settings);
    AlertsTopics topics = AlertsTopics.from(settings);
    KafkaStartChecks.run(
        environment.getConfiguration(),
        topics.kafka(),
        NAME,
        AlertsTopics.READ,
        AlertsTopics.WRITTEN,
        topics.compacted(),
        System.err::println);
    connect(environment, topics, config);
  }

  /** Adds the job to a graph; asks nobody. */
  static void connect(
      StreamExecutionEnvironment environment, AlertsTopics topics, AlertsConfig config) {
    topics.write(topics.define(environment, config));
  }
}
