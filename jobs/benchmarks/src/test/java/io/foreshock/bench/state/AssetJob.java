package io.foreshock.bench.state;

import io.foreshock.model.RawRecord;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.precursors.PrecursorsConfig;
import io.foreshock.precursors.PrecursorsPipeline;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.runtime.JobEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The pipeline of {@code precursors} without Kafka. Assets take turns; each message is the next of
 * its asset's sequence and shakes, so that after two rounds every asset has a cursor, a detector
 * and a match open, and each further message changes one asset.
 */
final class AssetJob {
  private static final long START = 1_767_225_600_000L;
  private static final long ROUND_MILLIS = 10_000;
  private static final String PATTERN =
      """
      pattern: shaking-then-fault
      version: 1
      symptoms:
        shaking: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1 mm/s, clearBelow: 6.5 mm/s}
      sequence:
        - {stage: shakes, when: 'symptom == "shaking"'}
        - {stage: fails, when: 'fault.code == "E42"'}
      within: 12h
      detection: {component: bearing, failureMode: wear, severity: critical}
      """;

  private AssetJob() {}

  static StreamExecutionEnvironment environment(Configuration configuration, int assets) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    JobEnvironment.demand(environment);
    List<PatternDefinition> patterns =
        PatternLanguage.of(ChannelCatalogue.load()).parse("bench", PATTERN).orThrow();
    PrecursorsPipeline.define(
            environment
                .fromSource(
                    new DataGeneratorSource<>(
                        number -> message(number, assets),
                        Long.MAX_VALUE,
                        new Goals.Strategy(),
                        TypeInformation.of(RawRecord.class)),
                    WatermarkStrategy.<RawRecord>forMonotonousTimestamps()
                        .withTimestampAssigner((record, t) -> record.appendTimeMillis()),
                    "read-messages")
                .uid("read-messages")
                .setParallelism(1),
            PrecursorsConfig.of(YamlPatternSet.of(patterns), ChannelCatalogue.load()))
        .detections()
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    return environment;
  }

  private static RawRecord message(long number, int assets) {
    long round = number / assets;
    String asset = "pump-" + number % assets;
    // Spread over the round, so that append times do not stand still.
    long time = START + round * ROUND_MILLIS + number % assets * ROUND_MILLIS / assets;
    TelemetryMessage message =
        TelemetryMessage.newBuilder()
            .setTenant("acme")
            .setDeviceId(asset)
            .setAssetClass("pump")
            .setBootId("boot")
            .setSequence(round)
            .addMeasurements(
                Measurement.newBuilder()
                    .setChannel("vibration_rms_mm_s")
                    .setValue(round == 0 ? 2 : 8 + round % 5 * 0.1)
                    .setEventTimeEpochMillis(time))
            .build();
    return new RawRecord(
        "acme",
        "acme.telemetry.raw",
        0,
        number,
        time,
        asset.getBytes(StandardCharsets.UTF_8),
        message.toByteArray());
  }
}
