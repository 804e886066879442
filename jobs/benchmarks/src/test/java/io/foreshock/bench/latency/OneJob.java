package io.foreshock.bench.latency;

import io.foreshock.alerts.AlertRecordForm;
import io.foreshock.alerts.AlertsConfig;
import io.foreshock.alerts.AlertsOptions;
import io.foreshock.alerts.AlertsPipeline;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import io.foreshock.precursors.PrecursorsConfig;
import io.foreshock.precursors.PrecursorsOptions;
import io.foreshock.precursors.PrecursorsPipeline;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.JobLauncher;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantSource;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Both stages of the alert path in one job: a message becomes an alert within one checkpoint, where
 * two jobs need two. Detections are not written.
 */
public final class OneJob {
  private static final String NAME = "alert-path";
  private static final List<TenantTopic> WRITTEN =
      List.of(TenantTopic.ALERTS, TenantTopic.NOTIFICATIONS, TenantTopic.COMMAND_ANSWERS);

  private OneJob() {}

  public static void main(String[] arguments) throws Exception {
    JobLauncher.run(NAME, PrecursorsOptions.ALL, arguments, OneJob::build);
  }

  private static void build(StreamExecutionEnvironment environment, Settings settings) {
    JobEnvironment.preferAlertPath(environment);
    KafkaConfig kafka = KafkaConfig.from(settings);
    DataStream<RawRecord> detections =
        PrecursorsPipeline.define(
                RawTelemetrySource.read(environment, kafka, NAME, WRITTEN),
                PrecursorsConfig.from(settings))
            .detections()
            .map(OneJob::record)
            .returns(RawRecord.class)
            .uid("encode-detections")
            .name("encode-detections");
    DataStream<RawRecord> commands =
        TenantSource.read(environment, kafka, TenantTopic.COMMANDS, NAME, WRITTEN, "read-commands");
    AlertsPipeline.define(detections, commands, AlertsConfig.from(alerts()))
        .sinkTo(TenantSinks.to(WRITTEN, kafka, NAME, "alerts", new AlertRecordForm()))
        .uid("write-alerts")
        .name("write-alerts");
  }

  /** The alerts stage as it is by default; what brokers there are, the other options say. */
  private static Settings alerts() {
    return Settings.read(
        AlertsOptions.ALL,
        CommandLine.parse("-Dkafka.bootstrap-servers=none:9092", "-Dinstallation=latency"));
  }

  private static RawRecord record(Detection detection) {
    return new RawRecord(
        detection.asset().tenant(),
        TenantTopic.DETECTIONS.of(detection.asset().tenant()),
        0,
        0,
        System.currentTimeMillis(),
        detection.asset().assetId().getBytes(StandardCharsets.UTF_8),
        DetectionCodec.encode(detection));
  }
}
