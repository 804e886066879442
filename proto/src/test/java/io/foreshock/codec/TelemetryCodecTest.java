package io.foreshock.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TelemetryCodecTest {

  private static Readings everything() {
    Readings readings = Readings.of(Assets.PUMP).device("gateway-7").sequence(12);
    for (FaultCode.Severity severity : FaultCode.Severity.values()) {
      readings.fault("P02" + severity.ordinal(), "bearing", severity);
    }
    for (MaintenanceEvent.Kind kind : MaintenanceEvent.Kind.values()) {
      readings.maintenance("bearing", kind);
    }
    for (OperatingStateChange.State state : OperatingStateChange.State.values()) {
      readings.state(state);
    }
    return readings
        .position(48.2, 16.37)
        .reading("vibration_rms_mm_s", "08:00:01", 2.5)
        .reading("bearing_temperature_c", "08:00:02", 61.25);
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    TelemetryBatch batch = everything().batch();

    TelemetryMessage message = TelemetryCodec.parse(TelemetryCodec.encode(batch));

    assertThat(TelemetryRules.accepts(message)).isTrue();
    assertThat(TelemetryCodec.toBatch(message, Assets.TENANT, batch.appendTimeMillis(), false))
        .isEqualTo(batch);
  }

  @Test
  void readsBackWhatIngestPassedOn() throws Exception {
    TelemetryBatch live = everything().batch();
    TelemetryBatch backlog = everything().backlog().batch();

    assertThat(TelemetryCodec.parseClean(TelemetryCodec.encodeClean(live, false), Assets.TENANT))
        .isEqualTo(live);
    assertThat(TelemetryCodec.parseClean(TelemetryCodec.encodeClean(backlog, false), Assets.TENANT))
        .isEqualTo(backlog);
    assertThat(TelemetryCodec.parseClean(TelemetryCodec.encodeClean(live, true), Assets.TENANT))
        .as("what lies behind is never live")
        .isEqualTo(backlog);
  }

  @Test
  void refusesAMessageThatDidNotComeThroughIngest() {
    byte[] sent = TelemetryCodec.encode(everything().batch());

    assertThatThrownBy(() -> TelemetryCodec.parseClean(sent, Assets.TENANT))
        .hasMessage(
            "A message of device \"gateway-7\" states no delivery: it was not passed on by ingest. Read clean topics only.");
  }

  @Test
  void takesTheDeviceForTheAssetWhenNoAssetIsNamed() throws Exception {
    TelemetryMessage message =
        TelemetryCodec.parse(Readings.of(Assets.PUMP).reading("speed_rpm", 1480).bytes());

    assertThat(message.getAssetId()).isEmpty();
    assertThat(TelemetryCodec.toBatch(message, Assets.TENANT, 1, false).asset())
        .isEqualTo(Assets.PUMP);
  }

  @Test
  void sortsReadingsByTimeThenChannelAndKeepsTheOrderOfEqualOnes() {
    TelemetryMessage.Builder message = TelemetryMessage.newBuilder().setDeviceId("pump-1");
    message.addMeasurements(wire("b_c", 20, 1));
    message.addMeasurements(wire("a_c", 20, 2));
    message.addMeasurements(wire("a_c", 20, 3));
    message.addMeasurements(wire("z_c", 10, 4));

    assertThat(TelemetryCodec.toBatch(message.build(), Assets.TENANT, 1, false).measurements())
        .containsExactly(
            new Measurement("z_c", 10, 4),
            new Measurement("a_c", 20, 2),
            new Measurement("a_c", 20, 3),
            new Measurement("b_c", 20, 1));
  }

  @Test
  void toleratesFieldsOfANewerVersion() throws Exception {
    byte[] bytes =
        TelemetryMessage.parseFrom(Readings.of(Assets.PUMP).reading("speed_rpm", 1480).bytes())
            .toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build()
            .toByteArray();

    assertThat(TelemetryRules.accepts(TelemetryCodec.parse(bytes))).isTrue();
  }

  @Test
  void refusesBytesOfAnotherFormat() {
    assertThatThrownBy(() -> TelemetryCodec.parse("{\"deviceId\": 1}".getBytes()))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  private static io.foreshock.proto.telemetry.v1.Measurement wire(
      String channel, long time, double value) {
    return io.foreshock.proto.telemetry.v1.Measurement.newBuilder()
        .setChannel(channel)
        .setEventTimeEpochMillis(time)
        .setValue(value)
        .build();
  }

  @Test
  void writesTheBytesThatTheGeneratedClassesWrite() {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    RandomMessages messages = new RandomMessages(new Random(seed));
    int compared = 0;
    while (compared < 1_000) {
      TelemetryMessage message = messages.next();
      if (!TelemetryRules.accepts(message)) {
        continue;
      }
      compared++;
      TelemetryBatch batch = TelemetryCodec.toBatch(message, "acme", 42, compared % 2 == 0);
      assertThat(TelemetryCodec.encode(batch))
          .as("-Dforeshock.seed=" + seed)
          .isEqualTo(TelemetryCodec.toMessage(batch).toByteArray());
      assertThat(TelemetryCodec.encodeClean(batch, compared % 3 == 0))
          .as("-Dforeshock.seed=" + seed)
          .isEqualTo(
              TelemetryCodec.toMessage(batch).toBuilder()
                  .setAppendTimeEpochMillis(42)
                  .setDeliveryValue(compared % 3 == 0 ? 3 : compared % 2 == 0 ? 2 : 1)
                  .build()
                  .toByteArray());
    }
  }
}
