package io.foreshock.precursors;

import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.DeadLetterForm;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.PatternTopics;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the job writes.
 *
 * @param kafka brokers, delivery and tenants
 * @param deadLetters whether dead letters are written
 * @param nearMisses whether near misses can be written
 */
record PrecursorsSinks(KafkaConfig kafka, boolean deadLetters, boolean nearMisses) {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  static final String WRITE_DETECTIONS = "write-detections";

  static final String WRITE_DEAD_LETTERS = "write-dead-letters";
  static final String WRITE_NEAR_MISSES = "write-near-misses";

  static PrecursorsSinks from(Settings settings, KafkaConfig kafka) {
    return new PrecursorsSinks(
        kafka,
        settings.get(PrecursorsOptions.WRITE_DEAD_LETTERS),
        settings.get(PrecursorsOptions.WRITE_NEAR_MISSES));
  }

  /** Kinds of topics that are written. */
  Set<TenantTopic> topics() {
    Set<TenantTopic> topics = EnumSet.of(TenantTopic.DETECTIONS);
    if (deadLetters) {
      topics.add(TenantTopic.DEAD_LETTERS);
    }
    if (nearMisses) {
      topics.add(TenantTopic.NEAR_MISSES);
    }
    return topics;
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
    if (nearMisses) {
      streams
          .nearMisses()
          .sinkTo(TenantSinks.atLeastOnce(TenantTopic.NEAR_MISSES, kafka, new NearMissForm()))
          .uid(WRITE_NEAR_MISSES)
          .name(WRITE_NEAR_MISSES);
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
