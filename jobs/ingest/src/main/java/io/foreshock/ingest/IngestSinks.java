package io.foreshock.ingest;

import io.foreshock.runtime.kafka.DeadLetterForm;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the job writes. Each sink has transactions of its own; a checkpoint commits all of them.
 *
 * @param kafka brokers, delivery and tenants
 */
record IngestSinks(KafkaConfig kafka) {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  static final String WRITE_TELEMETRY = "write-telemetry";

  static final String WRITE_BACKFILL = "write-backfill";
  static final String WRITE_DEAD_LETTERS = "write-dead-letters";

  /** Kinds of topics that are written. */
  static final Set<TenantTopic> TOPICS =
      Set.of(TenantTopic.TELEMETRY, TenantTopic.BACKFILL, TenantTopic.DEAD_LETTERS);

  void write(IngestPipeline.Streams streams) {
    write(
        streams.telemetry(),
        TenantTopic.TELEMETRY,
        "telemetry",
        new TelemetryForm(false),
        WRITE_TELEMETRY);
    write(
        streams.backfill(),
        TenantTopic.BACKFILL,
        "backfill",
        new TelemetryForm(true),
        WRITE_BACKFILL);
    write(
        streams.deadLetters(),
        TenantTopic.DEAD_LETTERS,
        "dead-letters",
        new DeadLetterForm(),
        WRITE_DEAD_LETTERS);
  }

  private <T> void write(
      DataStream<T> stream, TenantTopic topic, String sink, RecordForm<T> form, String uid) {
    stream.sinkTo(TenantSinks.to(topic, kafka, IngestJob.NAME, sink, form)).uid(uid).name(uid);
  }
}
