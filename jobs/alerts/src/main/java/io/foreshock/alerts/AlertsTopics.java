package io.foreshock.alerts;

import io.foreshock.model.RawRecord;
import io.foreshock.operators.alerts.AlertRecord;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.AssetTopic;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantSource;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where the job reads and writes. One sink for all topics: a second one would be a second
 * transaction to open and commit with each checkpoint, and that is latency.
 *
 * @param kafka brokers, delivery and tenants
 * @param assetsTopic topic of the asset registry; empty for none
 */
record AlertsTopics(KafkaConfig kafka, String assetsTopic) {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  static final String READ_DETECTIONS = "read-detections";

  static final String READ_COMMANDS = "read-commands";
  static final String WRITE = "write-alerts";

  /** Kinds of topics that are read; who has the first is a tenant. */
  static final List<TenantTopic> READ = List.of(TenantTopic.DETECTIONS, TenantTopic.COMMANDS);

  /** Kinds of topics that are written. */
  static final List<TenantTopic> WRITTEN =
      List.of(TenantTopic.ALERTS, TenantTopic.NOTIFICATIONS, TenantTopic.COMMAND_ANSWERS);

  static AlertsTopics from(Settings settings) {
    return new AlertsTopics(KafkaConfig.from(settings), settings.get(AlertsOptions.ASSETS_TOPIC));
  }

  /** Control topics that must exist. */
  List<String> compacted() {
    return assetsTopic.isEmpty() ? List.of() : List.of(assetsTopic);
  }

  /** The pipeline behind its sources. */
  DataStream<AlertRecord> define(StreamExecutionEnvironment environment, AlertsConfig config) {
    DataStream<RawRecord> detections = read(environment, TenantTopic.DETECTIONS, READ_DETECTIONS);
    DataStream<RawRecord> commands = read(environment, TenantTopic.COMMANDS, READ_COMMANDS);
    if (assetsTopic.isEmpty()) {
      return AlertsPipeline.define(detections, commands, config);
    }
    KafkaConfig brokers = kafka;
    String topic = assetsTopic;
    return AlertsPipeline.define(
        detections,
        commands,
        AssetTopic.read(environment, kafka, topic, AlertsJob.NAME),
        records -> AssetTopic.readAll(brokers, topic, records),
        config);
  }

  private DataStream<RawRecord> read(
      StreamExecutionEnvironment environment, TenantTopic kind, String uid) {
    List<TenantTopic> others = new ArrayList<>(READ);
    others.addAll(WRITTEN);
    others.remove(kind);
    return TenantSource.read(environment, kafka, kind, AlertsJob.NAME, others, uid);
  }

  void write(DataStream<AlertRecord> records) {
    records
        .sinkTo(TenantSinks.to(WRITTEN, kafka, AlertsJob.NAME, "alerts", new AlertRecordForm()))
        .uid(WRITE)
        .name(WRITE);
  }
}
