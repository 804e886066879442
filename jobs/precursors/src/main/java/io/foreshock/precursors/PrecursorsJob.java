package io.foreshock.precursors;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.JobLauncher;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaStartChecks;
import io.foreshock.runtime.kafka.PatternTopics;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
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
    KafkaConfig kafka = KafkaConfig.from(settings);
    String topic = settings.get(PrecursorsOptions.PATTERNS_TOPIC);
    // Files first: what is wrong there is told before anybody is asked.
    PrecursorsConfig.from(settings);
    KafkaStartChecks.run(
        environment.getConfiguration(),
        kafka,
        NAME,
        PrecursorsSinks.from(settings, kafka).topics(),
        topic.isEmpty() ? List.of() : List.of(topic, PatternCodec.statusTopic(topic)),
        System.err::println);
    connect(environment, settings);
  }

  /** Adds the job to a graph; asks nobody. */
  static void connect(StreamExecutionEnvironment environment, Settings settings) {
    PrecursorsConfig config = PrecursorsConfig.from(settings);
    KafkaConfig kafka = KafkaConfig.from(settings);
    PrecursorsSinks sinks = PrecursorsSinks.from(settings, kafka);
    DataStream<RawRecord> raw = RawTelemetrySource.read(environment, kafka, NAME, sinks.topics());
    String topic = settings.get(PrecursorsOptions.PATTERNS_TOPIC);
    if (topic.isEmpty()) {
      sinks.write(PrecursorsPipeline.define(raw, config));
    } else {
      sinks.write(
          PrecursorsPipeline.define(
              raw, PatternTopics.read(environment, kafka, topic, NAME), config),
          topic);
    }
  }
}
