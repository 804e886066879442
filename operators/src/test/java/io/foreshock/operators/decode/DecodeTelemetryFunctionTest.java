package io.foreshock.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.model.FaultCode;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.telemetry.v1.Position;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeTelemetryFunctionTest {
  private static final long NOW = Readings.time("08:00:00");
  private static final ChannelRegistry CHANNELS =
      new ChannelRegistry(
          List.of(new Channel("bearing_temperature_c", "°C", -40, 200, "Bearing, drive end")));

  private DecodeHarness harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new DecodeHarness(
            new DecodeRules(
                2048, DecodeRules.DEFAULT.futureTolerance(), DecodeRules.DEFAULT.liveMaxAge()),
            CHANNELS);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static Readings pump() {
    return Readings.of(Assets.PUMP).sequence(7);
  }

  private DecodeHarness.Decoded decode(byte[] bytes) throws Exception {
    return harness.decode(Readings.record(Assets.TENANT, 42, NOW, bytes));
  }

  private DecodeHarness.Decoded decode(TelemetryMessage.Builder message) throws Exception {
    return decode(message.build().toByteArray());
  }

  private static TelemetryMessage.Builder message(Readings readings) {
    return TelemetryCodec.toMessage(readings.batch()).toBuilder();
  }

  @Test
  void decodesAMessage() throws Exception {
    Readings readings = pump().reading("bearing_temperature_c", 61.5).reading("a_new_channel", 1e9);

    DecodeHarness.Decoded decoded = decode(readings.bytes());

    assertThat(decoded.letters()).isEmpty();
    assertThat(decoded.batches()).containsExactly(readings.batch());
    assertThat(harness.count("decodedMessages")).isEqualTo(1);
    assertThat(harness.count("measurements")).isEqualTo(2);
  }

  @Test
  void passesAHeartbeatAsALiveBatch() throws Exception {
    DecodeHarness.Decoded decoded = decode(pump().bytes());

    assertThat(decoded.letters()).isEmpty();
    assertThat(decoded.batches()).containsExactly(pump().batch());
  }

  @Test
  void marksABatchAsBacklogWhenItsNewestItemIsOld() throws Exception {
    assertThat(decode(pump().at(NOW - 900_000).reading("a_c", 1).bytes()).batches())
        .extracting(TelemetryBatch::backlog)
        .containsExactly(false);
    assertThat(decode(pump().at(NOW - 900_001).reading("a_c", 1).bytes()).batches())
        .extracting(TelemetryBatch::backlog)
        .containsExactly(true);
  }

  @Test
  void refusesBytesThatAreNoMessage() throws Exception {
    byte[] bytes = pump().reading("a_c", 1).bytes();

    for (byte[] bad :
        List.of(
            "{\"device\":1}".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(bytes, bytes.length - 3),
            new byte[] {(byte) 0xff})) {
      DecodeHarness.Decoded decoded = decode(bad);
      assertThat(decoded.batches()).isEmpty();
      assertThat(decoded.letters()).hasSize(1);
      DeadLetter letter = decoded.letters().get(0);
      assertThat(letter.reason()).isEqualTo(Reason.MALFORMED);
      assertThat(letter.index()).isEqualTo(DeadLetter.WHOLE_RECORD);
      assertThat(letter.source().offset()).isEqualTo(42);
      assertThat(letter.source().value()).isEqualTo(bad);
    }
    assertThat(harness.count("acme.MALFORMED.count")).isEqualTo(3);
  }

  @Test
  void refusesEmptyRecords() throws Exception {
    DecodeHarness.Decoded decoded = decode(new byte[0]);

    assertThat(decoded.batches()).isEmpty();
    assertThat(decoded.letters())
        .extracting(DeadLetter::reason)
        .containsExactly(Reason.MISSING_FIELD);
    assertThat(decoded.letters().get(0).detail())
        .startsWith("boot_id (with sequence) or message_id is required");
  }

  @Test
  void refusesOversizedRecordsUnread() throws Exception {
    DecodeHarness.Decoded decoded = decode(new byte[2049]);

    assertThat(decoded.batches()).isEmpty();
    assertThat(decoded.letters()).extracting(DeadLetter::reason).containsExactly(Reason.OVERSIZED);
    assertThat(decoded.letters().get(0).detail())
        .isEqualTo("2049 bytes, but at most 2048 are accepted");
  }

  @Test
  void refusesAnotherTenantsMessage() throws Exception {
    DecodeHarness.Decoded decoded =
        decode(message(pump().reading("a_c", 1)).setTenant(Assets.OTHER_TENANT));

    assertThat(decoded.batches()).isEmpty();
    assertThat(decoded.letters()).hasSize(1);
    assertThat(decoded.letters().get(0).reason()).isEqualTo(Reason.WRONG_TENANT);
    assertThat(decoded.letters().get(0).deviceId()).isEqualTo("pump-1");
    assertThat(decoded.letters().get(0).detail())
        .isEqualTo("claims tenant \"globex\", but its topic belongs to \"acme\"");
  }

  @Test
  void acceptsAMessageThatClaimsNoTenant() throws Exception {
    DecodeHarness.Decoded decoded = decode(message(pump().reading("a_c", 1)).clearTenant());

    assertThat(decoded.letters()).isEmpty();
    assertThat(decoded.batches().get(0).asset()).isEqualTo(Assets.PUMP);
  }

  @Test
  void takesOnlyTheBadMeasurementsOut() throws Exception {
    DecodeHarness.Decoded decoded =
        decode(
            pump()
                .at(NOW - 4)
                .reading("bearing_temperature_c", 200.5)
                .at(NOW - 3)
                .reading("a_c", Double.NaN)
                .at(NOW - 2)
                .reading("a_c", 3)
                .at(NOW - 1)
                .reading("a_c", Double.NEGATIVE_INFINITY)
                .at(NOW + 300_001)
                .reading("a_c", 5)
                .bytes());

    assertThat(decoded.batches()).hasSize(1);
    assertThat(decoded.batches().get(0).measurements())
        .containsExactly(new Measurement("a_c", NOW - 2, 3));
    assertThat(decoded.letters())
        .extracting(DeadLetter::index, DeadLetter::reason, DeadLetter::channel, DeadLetter::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                0,
                Reason.OUT_OF_RANGE,
                "bearing_temperature_c",
                "measurements[0]: value=200.5 unit=°C is outside range=[-40.0, 200.0] of channel=bearing_temperature_c"),
            org.assertj.core.groups.Tuple.tuple(
                1, Reason.OUT_OF_RANGE, "a_c", "measurements[1]: value is NaN, but must be finite"),
            org.assertj.core.groups.Tuple.tuple(
                3,
                Reason.OUT_OF_RANGE,
                "a_c",
                "measurements[3]: value is -Infinity, but must be finite"),
            org.assertj.core.groups.Tuple.tuple(
                4,
                Reason.IN_THE_FUTURE,
                "a_c",
                "measurements[4]: event time 2026-01-05T08:05:00.001Z is more than PT5M ahead of the append time 2026-01-05T08:00:00Z"));
    // A letter about an item carries the item, not the whole record.
    assertThat(item(decoded.letters().get(0))).isEqualTo(200.5);
  }

  private static double item(DeadLetter letter) throws InvalidProtocolBufferException {
    return io.foreshock.proto.telemetry.v1.Measurement.parseFrom(letter.source().value())
        .getValue();
  }

  @Test
  void acceptsWhatIsAheadWithinTheTolerance() throws Exception {
    assertThat(decode(pump().at(NOW + 300_000).reading("a_c", 5).bytes()).letters()).isEmpty();
  }

  @Test
  void takesOtherItemsOutAndNumbersThemThrough() throws Exception {
    DecodeHarness.Decoded decoded =
        decode(
            message(
                    pump()
                        .at(NOW)
                        .reading("a_c", 1)
                        .fault("P1")
                        .position(1, 2)
                        .at(NOW + 400_000)
                        .fault("P2")
                        .maintenance("bearing", io.foreshock.model.MaintenanceEvent.Kind.REPAIRED)
                        .state(io.foreshock.model.OperatingStateChange.State.IDLE)
                        .position(3, 4))
                .addPositions(
                    Position.newBuilder().setEventTimeEpochMillis(NOW).setLatitudeDegrees(91)));

    assertThat(decoded.letters())
        .extracting(DeadLetter::index, DeadLetter::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, Reason.IN_THE_FUTURE),
            org.assertj.core.groups.Tuple.tuple(3, Reason.IN_THE_FUTURE),
            org.assertj.core.groups.Tuple.tuple(4, Reason.IN_THE_FUTURE),
            org.assertj.core.groups.Tuple.tuple(6, Reason.IN_THE_FUTURE),
            org.assertj.core.groups.Tuple.tuple(7, Reason.OUT_OF_RANGE));
    assertThat(decoded.letters().get(0).detail()).startsWith("fault_codes[1]: ");
    TelemetryBatch batch = decoded.batches().get(0);
    assertThat(batch.measurements()).hasSize(1);
    assertThat(batch.faultCodes()).extracting(FaultCode::code).containsExactly("P1");
    assertThat(batch.maintenanceEvents()).isEmpty();
    assertThat(batch.operatingStateChanges()).isEmpty();
    assertThat(batch.positions()).hasSize(1);
  }

  @Test
  void refusesTheWholeMessageButKeepsItsPlaceInTheSequence() throws Exception {
    TelemetryBatch empty = pump().at(NOW).batch();

    assertRefused(
        message(pump().fault("P1"))
            .setFaultCodes(
                0,
                io.foreshock.proto.telemetry.v1.FaultCode.newBuilder()
                    .setCode("P1")
                    .setEventTimeEpochMillis(NOW)
                    .setSeverityValue(9)),
        Reason.UNKNOWN_ENUM,
        "fault_codes[0].severity: ",
        empty);
    assertRefused(
        message(pump().reading("a_c", Double.NaN).at(NOW + 1).reading("Bad Name", 1)),
        Reason.INVALID_FIELD,
        "measurements[1].channel: ",
        empty);
    assertRefused(
        message(pump().at(0).reading("a_c", 1)),
        Reason.MISSING_FIELD,
        "measurements[0].event_time_epoch_millis: ",
        empty);
    assertRefused(
        message(pump()).setAssetClass("Pump!"),
        Reason.INVALID_FIELD,
        "asset_class: ",
        Readings.of(Assets.of("pump-1", "")).sequence(7).at(NOW).batch());
  }

  @Test
  void givesNoBatchWhenTheIdentityCannotBeRead() throws Exception {
    assertRefused(
        message(pump()).clearBootId(), Reason.MISSING_FIELD, "boot_id (with sequence) or ", null);
    assertRefused(message(pump()).setDeviceId("x y"), Reason.INVALID_FIELD, "device_id: ", null);
    assertRefused(message(pump()).setSequence(-1), Reason.INVALID_FIELD, "sequence: ", null);
  }

  private void assertRefused(
      TelemetryMessage.Builder message, Reason reason, String detail, TelemetryBatch batch)
      throws Exception {
    DecodeHarness.Decoded decoded = decode(message);
    assertThat(decoded.letters()).hasSize(1);
    assertThat(decoded.letters().get(0).detail()).startsWith(detail);
    assertThat(decoded.letters().get(0).reason()).isEqualTo(reason);
    assertThat(decoded.letters().get(0).index()).isEqualTo(DeadLetter.WHOLE_RECORD);
    if (batch == null) {
      assertThat(decoded.batches()).isEmpty();
    } else {
      assertThat(decoded.batches()).containsExactly(batch);
    }
  }
}
