package io.foreshock.ingest;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.JobLauncher;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaStartChecks;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs {@link IngestPipeline} between Kafka topics. */
public final class IngestJob {
  /** Name of the job; part of transactional ids. */
  public static final String NAME = "ingest";

  private IngestJob() {}

  public static void main(String[] args) throws Exception {
    JobLauncher.run(NAME, IngestOptions.ALL, args, IngestJob::build);
  }

  static void build(StreamExecutionEnvironment environment, Settings settings) {
    JobEnvironment.preferThroughput(environment);
    IngestTopics topics = IngestTopics.from(settings);
    KafkaStartChecks.run(
        environment.getConfiguration(),
        topics.kafka(),
        NAME,
        topics.written(),
        topics.compacted(),
        System.err::println);
    IngestStores.from(settings).prepare(System.err::println);
    connect(environment, settings);
  }

  /** Adds the job to a graph; asks nobody. */
  static void connect(StreamExecutionEnvironment environment, Settings settings) {
    IngestConfig config = IngestConfig.from(settings);
    IngestTopics topics = IngestTopics.from(settings);
    IngestPipeline.Streams streams = topics.define(environment, config);
    topics.write(streams);
    IngestStores.from(settings).write(streams);
    topics.writeTicks(environment);
  }
}
