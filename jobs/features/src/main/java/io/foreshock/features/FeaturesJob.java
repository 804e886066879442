package io.foreshock.features;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.JobLauncher;
import io.foreshock.runtime.avro.AvroConfig;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.CleanTelemetrySource;
import io.foreshock.runtime.kafka.KafkaStartChecks;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs {@link FeaturesPipeline} between Kafka topics. */
public final class FeaturesJob {
  /** Name of the job; part of transactional ids. */
  public static final String NAME = "features";

  private FeaturesJob() {}

  public static void main(String[] args) throws Exception {
    JobLauncher.run(NAME, FeaturesOptions.ALL, args, FeaturesJob::build);
  }

  static void build(StreamExecutionEnvironment environment, Settings settings) {
    JobEnvironment.preferThroughput(environment);
    FeaturesTopics topics = FeaturesTopics.from(settings, FeaturesConfig.from(settings));
    KafkaStartChecks.run(
        environment.getConfiguration(),
        topics.kafka(),
        NAME,
        CleanTelemetrySource.TOPICS,
        topics.written(),
        topics.compacted(),
        System.err::println);
    connect(environment, settings);
  }

  /** Adds the job to a graph; asks nobody but the schema registry, where there is one. */
  static void connect(StreamExecutionEnvironment environment, Settings settings) {
    FeaturesConfig config = FeaturesConfig.from(settings);
    FeaturesTopics topics = FeaturesTopics.from(settings, config);
    topics.write(topics.define(environment, config), topics.encoder(AvroConfig.from(settings)));
  }
}
