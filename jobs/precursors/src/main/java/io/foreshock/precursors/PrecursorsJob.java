package io.foreshock.precursors;

import io.foreshock.codec.PatternCodec;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.JobLauncher;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaStartChecks;
import io.foreshock.runtime.kafka.PatternTopics;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs {@link PrecursorsPipeline} between Kafka topics. */
public final class PrecursorsJob {
  /** Name of the job; part of transactional ids. */
  public static final String NAME = "precursors";

  private PrecursorsJob() {}

  public static void main(String[] args) throws Exception {
    JobLauncher.run(NAME, PrecursorsOptions.ALL, args, PrecursorsJob::build);
  }

  static void build(StreamExecutionEnvironment environment, Settings settings) {
    JobEnvironment.preferAlertPath(environment);
    PrecursorsConfig config = PrecursorsConfig.from(settings);
    KafkaConfig kafka = KafkaConfig.from(settings);
    PrecursorsSinks sinks = PrecursorsSinks.from(settings, kafka);
    String topic = settings.get(PrecursorsOptions.PATTERNS_TOPIC);
    if (topic.isEmpty()) {
      KafkaStartChecks.run(
          environment.getConfiguration(),
          kafka,
          NAME,
          sinks.topics(),
          List.of(),
          System.err::println);
      sinks.write(
          PrecursorsPipeline.define(
              RawTelemetrySource.read(environment, kafka, NAME, sinks.topics()), config));
      return;
    }
    KafkaStartChecks.run(
        environment.getConfiguration(),
        kafka,
        NAME,
        sinks.topics(),
        List.of(topic, PatternCodec.statusTopic(topic)),
        System.err::println);
    sinks.write(
        PrecursorsPipeline.define(
            RawTelemetrySource.read(environment, kafka, NAME, sinks.topics()),
            PatternTopics.read(environment, kafka, topic, NAME),
            config),
        topic);
  }
}
