package io.foreshock.precursors;

import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.DeadLetterForm;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.PatternTopics;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the job writes.
 *
 * @param kafka brokers, delivery and tenants
 * @param deadLetters whether dead letters are written
 */
record PrecursorsSinks(KafkaConfig kafka, boolean deadLetters) {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  static final String WRITE_DETECTIONS = "write-detections";

  static final String WRITE_DEAD_LETTERS = "write-dead-letters";

  static PrecursorsSinks from(Settings settings, KafkaConfig kafka) {
    return new PrecursorsSinks(kafka, settings.get(PrecursorsOptions.WRITE_DEAD_LETTERS));
  }

  /** Kinds of topics that are written. */
  Set<TenantTopic> topics() {
    return deadLetters
        ? Set.of(TenantTopic.DETECTIONS, TenantTopic.DEAD_LETTERS)
        : Set.of(TenantTopic.DETECTIONS);
  }

  void write(PrecursorsPipeline.Streams streams) {
    write(
        streams.detections(),
        TenantTopic.DETECTIONS,
        "detections",
        new DetectionForm(),
        WRITE_DETECTIONS);
    if (deadLetters) {
      write(
          streams.deadLetters(),
          TenantTopic.DEAD_LETTERS,
          "dead-letters",
          new DeadLetterForm(),
          WRITE_DEAD_LETTERS);
    }
  }

  void write(PrecursorsPipeline.LiveStreams streams, String patternsTopic) {
    write(streams.streams());
    PatternTopics.writeStatus(streams.status(), kafka, patternsTopic);
  }

  private <T> void write(
      DataStream<T> stream, TenantTopic topic, String sink, RecordForm<T> form, String uid) {
    stream.sinkTo(TenantSinks.to(topic, kafka, PrecursorsJob.NAME, sink, form)).uid(uid).name(uid);
  }
}
