package io.foreshock.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.Measurement;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.asset.v1.ChannelMapping;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DecodeWithAssetsTest {
  private static final ChannelRegistry CHANNELS =
      new ChannelRegistry(List.of(new Channel("bearing_temperature_c", "°C", -40, 250, "Bearing")));

  private static RawRecord asset(long offset, String unit) {
    AssetDefinition asset =
        AssetDefinition.newBuilder()
            .setTenant(Assets.TENANT)
            .setAssetId(Assets.PUMP.assetId())
            .addChannels(ChannelMapping.newBuilder().setFrom("bearing_temperature_c").setUnit(unit))
            .build();
    return new RawRecord(
        "",
        "foreshock.assets",
        0,
        offset,
        1,
        Assets.PUMP.key().getBytes(StandardCharsets.UTF_8),
        asset.toByteArray());
  }

  private static RawRecord message(long offset, double value) {
    return Readings.of(Assets.PUMP)
        .sequence(offset)
        .reading("bearing_temperature_c", value)
        .record(offset);
  }

  private static TwoInputStreamOperatorTestHarness<RawRecord, RawRecord, TelemetryBatch> open(
      List<RawRecord> registry) throws Exception {
    var harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoProcessOperator<>(
                new DecodeWithAssetsFunction(
                    DecodeRules.DEFAULT, CHANNELS, registry::forEach, true)));
    harness.open();
    return harness;
  }

  private static List<Double> values(
      TwoInputStreamOperatorTestHarness<?, ?, TelemetryBatch> harness) {
    List<Double> values = new ArrayList<>();
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        for (Measurement reading : ((TelemetryBatch) record.getValue()).measurements()) {
          values.add(reading.value());
        }
      }
    }
    return values;
  }

  @Test
  void knowsTheRegistryBeforeTheFirstMessage() throws Exception {
    try (var harness = open(List.of(asset(0, "°F")))) {
      harness.processElement1(message(0, 212), 1);
      assertThat(values(harness)).containsExactly(100.0);
    }
  }

  @Test
  void takesChangesWhileItRuns() throws Exception {
    try (var harness = open(List.of())) {
      harness.processElement1(message(0, 100), 1);
      harness.processElement2(asset(0, "°F"), 1);
      harness.processElement1(message(1, 212), 2);
      assertThat(values(harness)).containsExactly(100.0, 100.0);
    }
  }

  /** 400 °F is 204 °C: in range there, out of range before conversion. */
  @Test
  void checksRangesAfterConversion() throws Exception {
    try (var harness = open(List.of(asset(0, "°F")))) {
      harness.processElement1(message(0, 400), 1);
      harness.processElement1(message(1, 600), 2);

      assertThat(values(harness)).hasSize(1);
      assertThat(harness.getSideOutput(DecodeTelemetryFunction.DEAD_LETTERS))
          .singleElement()
          .satisfies(
              letter ->
                  assertThat(letter.getValue().reason()).isEqualTo(DeadLetter.Reason.OUT_OF_RANGE));
    }
  }

  @Test
  void keepsTimeByTelemetryAlone() throws Exception {
    try (var harness = open(List.of())) {
      harness.processWatermark2(Watermark.MAX_WATERMARK);
      harness.processWatermark1(new Watermark(5));
      assertThat(harness.getOutput()).containsExactly(new Watermark(5));
    }
  }
}
