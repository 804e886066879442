package io.foreshock.sessions;

import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.codec.avro.SessionRecords;
import io.foreshock.model.SessionRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.avro.AvroConfig;
import io.foreshock.runtime.avro.AvroEncoders;
import io.foreshock.runtime.avro.AvroRecordForm;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.CleanTelemetrySource;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaStartChecks;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.store.StoreConfig;
import io.foreshock.store.StoreSchema;
import io.foreshock.store.StoreSinks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where the job reads and writes.
 *
 * @param kafka brokers, delivery and tenants
 * @param avro how values are framed
 * @param store PostgreSQL; empty for none
 */
record SessionsOutput(KafkaConfig kafka, AvroConfig avro, Optional<StoreConfig> store) {
  /** uid and name; stored in savepoints, so changing it is a migration. */
  static final String WRITE = "write-sessions";

  private static final Set<TenantTopic> WRITTEN = Set.of(TenantTopic.SESSIONS);

  static SessionsOutput from(Settings settings) {
    return new SessionsOutput(
        KafkaConfig.from(settings), AvroConfig.from(settings), StoreConfig.from(settings));
  }

  /**
   * Asks brokers, registry and database whether the job can run, and makes the encoder.
   *
   * @throws io.foreshock.runtime.StartRefused naming what is wrong
   */
  AvroValueEncoder prepare(ReadableConfig flink, Consumer<String> warnings) {
    KafkaStartChecks.run(
        flink, kafka, SessionsJob.NAME, CleanTelemetrySource.TOPICS, WRITTEN, List.of(), warnings);
    store.ifPresent(config -> StoreSchema.prepare(config, warnings));
    return AvroEncoders.prepare(avro, kafka, Map.of(TenantTopic.SESSIONS, SessionRecords.SCHEMA));
  }

  /** The pipeline behind its sources; backfill never holds back the clock. */
  DataStream<SessionRow> define(StreamExecutionEnvironment environment, SessionsConfig config) {
    DataStream<TelemetryBatch> telemetry =
        CleanTelemetrySource.read(environment, kafka, SessionsJob.NAME, WRITTEN);
    DataStream<TelemetryBatch> backfill =
        CleanTelemetrySource.readBackfill(environment, kafka, SessionsJob.NAME, WRITTEN);
    return SessionsPipeline.define(telemetry, backfill, config);
  }

  void write(DataStream<SessionRow> sessions, AvroValueEncoder encoder) {
    sessions
        .sinkTo(
            TenantSinks.to(
                TenantTopic.SESSIONS,
                kafka,
                SessionsJob.NAME,
                "sessions",
                AvroRecordForm.encoded(new SessionForm(), encoder)))
        .uid(WRITE)
        .name(WRITE);
    store.ifPresent(config -> StoreSinks.writeSessions(sessions, config));
  }
}
