package io.foreshock.ingest;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.JobLauncher;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaStartChecks;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import java.util.List;
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
    KafkaStartChecks.run(
        environment.getConfiguration(),
        KafkaConfig.from(settings),
        NAME,
        IngestSinks.TOPICS,
        List.of(),
        System.err::println);
    connect(environment, settings);
  }

  /** Adds the job to a graph; asks nobody. */
  static void connect(StreamExecutionEnvironment environment, Settings settings) {
    IngestConfig config = IngestConfig.from(settings);
    KafkaConfig kafka = KafkaConfig.from(settings);
    new IngestSinks(kafka)
        .write(
            IngestPipeline.define(
                RawTelemetrySource.read(environment, kafka, NAME, IngestSinks.TOPICS), config));
  }
}
