package io.foreshock.features;

import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.runtime.avro.AvroConfig;
import io.foreshock.runtime.avro.AvroEncoders;
import io.foreshock.runtime.avro.AvroRecordForm;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.AssetTopic;
import io.foreshock.runtime.kafka.CleanTelemetrySource;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.NamedTopic;
import io.foreshock.runtime.kafka.TenantSinks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where the job reads and writes: one topic for each feature set and tenant, all in one
 * transaction.
 *
 * @param kafka brokers, delivery and tenants
 * @param sets feature sets that are written
 * @param assetsTopic topic of the asset registry; empty for none
 */
record FeaturesTopics(KafkaConfig kafka, List<FeatureSet> sets, String assetsTopic) {
  /** uid and name; stored in savepoints, so changing it is a migration. */
  static final String WRITE = "write-features";

  static FeaturesTopics from(Settings settings, FeaturesConfig config) {
    return new FeaturesTopics(
        KafkaConfig.from(settings), config.sets(), settings.get(FeaturesOptions.ASSETS_TOPIC));
  }

  /** The topic of a feature set. */
  static NamedTopic topic(String set) {
    return new NamedTopic(".features." + set, Map.of());
  }

  List<NamedTopic> written() {
    return sets.stream().map(set -> topic(set.name())).toList();
  }

  /** How values are encoded; asks the schema registry where there is one. */
  AvroValueEncoder encoder(AvroConfig avro) {
    Map<NamedTopic, Schema> schemas = new LinkedHashMap<>();
    sets.forEach(set -> schemas.put(topic(set.name()), FeatureSchema.of(set)));
    return AvroEncoders.prepare(avro, kafka, schemas);
  }

  /** The pipeline behind its sources. */
  DataStream<FeatureRow> define(StreamExecutionEnvironment environment, FeaturesConfig config) {
    DataStream<TelemetryBatch> telemetry =
        CleanTelemetrySource.read(environment, kafka, FeaturesJob.NAME, written());
    DataStream<TelemetryBatch> backfill =
        CleanTelemetrySource.readBackfill(environment, kafka, FeaturesJob.NAME, written());
    return FeaturesPipeline.define(telemetry, backfill, registry(environment), config);
  }

  /** Control topics that must exist. */
  List<String> compacted() {
    return assetsTopic.isEmpty() ? List.of() : List.of(assetsTopic);
  }

  /** Of no use, and not read, where no set compares machines of a model. */
  private Optional<FeaturesPipeline.Registry> registry(StreamExecutionEnvironment environment) {
    if (assetsTopic.isEmpty() || sets.stream().noneMatch(FeatureSet::isOfFleet)) {
      return Optional.empty();
    }
    KafkaConfig brokers = kafka;
    String topic = assetsTopic;
    return Optional.of(
        new FeaturesPipeline.Registry(
            AssetTopic.read(environment, kafka, topic, FeaturesJob.NAME),
            records -> AssetTopic.readAll(brokers, topic, records)));
  }

  void write(DataStream<FeatureRow> rows, AvroValueEncoder encoder) {
    rows.sinkTo(
            TenantSinks.to(
                written(),
                kafka,
                FeaturesJob.NAME,
                "features",
                AvroRecordForm.encoded(new FeatureForm(sets), encoder)))
        .uid(WRITE)
        .name(WRITE);
  }
}
