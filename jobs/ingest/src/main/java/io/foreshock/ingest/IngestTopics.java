package io.foreshock.ingest;

import io.foreshock.model.RawRecord;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.AssetTopic;
import io.foreshock.runtime.kafka.CleanTicks;
import io.foreshock.runtime.kafka.DeadLetterForm;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import io.foreshock.runtime.kafka.RawTicks;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantTopic;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where the job reads and writes. Each sink has transactions of its own; a checkpoint commits all
 * of them.
 *
 * @param kafka brokers, delivery and tenants
 * @param assetsTopic topic of the asset registry; empty for none
 * @param ticks time between two ticks of a raw partition; zero for no ticks
 * @param cleanTicks time between two ticks of a clean partition; zero for no ticks
 */
record IngestTopics(KafkaConfig kafka, String assetsTopic, Duration ticks, Duration cleanTicks) {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  static final String WRITE_TELEMETRY = "write-telemetry";

  static final String WRITE_BACKFILL = "write-backfill";
  static final String WRITE_DEAD_LETTERS = "write-dead-letters";

  static IngestTopics from(Settings settings) {
    KafkaConfig kafka = KafkaConfig.from(settings);
    // Where producers set the clock, as a simulation does, a tick of real time would break it.
    Duration ticks =
        kafka.allowCreateTime() ? Duration.ZERO : settings.get(IngestOptions.TICKS_INTERVAL);
    return new IngestTopics(
        kafka,
        settings.get(IngestOptions.ASSETS_TOPIC),
        ticks,
        settings.get(IngestOptions.TICKS_CLEAN) ? cleanTicks(settings) : Duration.ZERO);
  }

  /** A clean tick carries this job's clock, so one may be written whoever sets that clock. */
  private static Duration cleanTicks(Settings settings) {
    Duration interval = settings.get(IngestOptions.TICKS_INTERVAL);
    return interval.isZero() ? Duration.ofSeconds(1) : interval;
  }

  /** Kinds of topics that are written; the raw ones get ticks. */
  Set<TenantTopic> written() {
    Set<TenantTopic> written =
        EnumSet.of(TenantTopic.TELEMETRY, TenantTopic.BACKFILL, TenantTopic.DEAD_LETTERS);
    if (!ticks.isZero()) {
      written.add(TenantTopic.RAW);
    }
    return written;
  }

  /** Control topics that must exist. */
  List<String> compacted() {
    return assetsTopic.isEmpty() ? List.of() : List.of(assetsTopic);
  }

  /** The pipeline behind its sources. */
  IngestPipeline.Streams define(StreamExecutionEnvironment environment, IngestConfig config) {
    DataStream<RawRecord> raw =
        RawTelemetrySource.read(environment, kafka, IngestJob.NAME, written());
    if (assetsTopic.isEmpty()) {
      return IngestPipeline.define(raw, config);
    }
    KafkaConfig brokers = kafka;
    String topic = assetsTopic;
    return IngestPipeline.define(
        raw,
        AssetTopic.read(environment, kafka, assetsTopic, IngestJob.NAME),
        records -> AssetTopic.readAll(brokers, topic, records),
        config);
  }

  void writeTicks(StreamExecutionEnvironment environment) {
    if (!ticks.isZero()) {
      RawTicks.write(environment, kafka, ticks);
    }
  }

  void write(IngestPipeline.Streams streams) {
    if (!cleanTicks.isZero()) {
      CleanTicks.write(streams.telemetry(), kafka, cleanTicks);
    }
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
