package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.mqtt.Mapped.Ignored;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageMapperTest {
  private static final String TOPIC = "plants/acme/hall-2/t-17/telemetry";
  private static final long ARRIVAL = 1_790_000_000_000L;

  @Test
  void readsTheUsualForm() {
    Mapped mapped =
        json(Map.of())
            .map(
                TOPIC,
                utf8(
                    """
                    {"time": 1780000000123, "measurements":
                      {"temperature_c": 21.5, "relative_humidity_percent": "48", "supply_voltage_v": null}}
                    """),
                ARRIVAL);

    TelemetryMessage message = message(mapped);
    assertThat(mapped.tenant()).isEqualTo("acme");
    assertThat(mapped.key()).isEqualTo(utf8("hall-2"));
    assertThat(mapped.letters()).isEmpty();
    assertThat(message.getDeviceId()).isEqualTo("t-17");
    assertThat(message.getAssetId()).isEqualTo("hall-2");
    assertThat(message.getAssetClass()).isEqualTo("climate");
    assertThat(message.getMeasurementsList())
        .extracting(
            Measurement::getChannel, Measurement::getEventTimeEpochMillis, Measurement::getValue)
        .containsExactly(
            tuple("temperature_c", 1780000000123L, 21.5),
            tuple("relative_humidity_percent", 1780000000123L, 48.0));
  }

  @Test
  void readsFieldsAndUnitsAsConfigured() {
    Mapped mapped =
        json(Map.of(
                "time", "meta.ts",
                "time-unit", "s",
                "fault-codes", "errors",
                "measurements.temperature_c.field", "data.0.temp",
                "measurements.temperature_c.unit", "°F",
                "measurements.relative_humidity_percent", "hum"))
            .map(
                TOPIC,
                utf8(
                    """
                    {"meta": {"ts": 1780000000.5}, "data": [{"temp": 212}], "errors": ["E7", 12, ""]}
                    """),
                ARRIVAL);

    TelemetryMessage message = message(mapped);
    assertThat(message.getMeasurementsList())
        .extracting(Measurement::getChannel, Measurement::getEventTimeEpochMillis)
        .containsExactly(tuple("temperature_c", 1780000000500L));
    assertThat(message.getMeasurements(0).getValue()).isBetween(99.999, 100.001);
    assertThat(message.getFaultCodesList())
        .extracting(code -> code.getCode())
        .containsExactly("E7", "12");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-01T10:00:00Z, 1780308000000",
    "2026-06-01T10:00:00.250+02:00, 1780300800250"
  })
  void readsTimesInIsoFormat(String text, long millis) {
    Mapped mapped =
        json(Map.of())
            .map(
                TOPIC,
                utf8("{\"time\":\"" + text + "\",\"measurements\":{\"temperature_c\":1}}"),
                ARRIVAL);

    assertThat(message(mapped).getMeasurements(0).getEventTimeEpochMillis()).isEqualTo(millis);
  }

  @Test
  void readsManySamplesInOneMessage() {
    String list =
        "[{\"time\":1780000000000,\"measurements\":{\"temperature_c\":1}},"
            + "{\"time\":1780000060000,\"measurements\":{\"temperature_c\":2}}]";

    assertThat(message(json(Map.of()).map(TOPIC, utf8(list), ARRIVAL)).getMeasurementsCount())
        .isEqualTo(2);
    Mapped inside =
        json(Map.of("samples", "batch"))
            .map(TOPIC, utf8("{\"time\":1780000000000,\"batch\":" + list + "}"), ARRIVAL);
    assertThat(message(inside).getMeasurementsList())
        .extracting(Measurement::getEventTimeEpochMillis)
        .containsExactly(1780000000000L, 1780000060000L);
  }

  @Test
  void takesCounterAndMessageIdFromThePayload() {
    MessageMapper counting = json(Map.of("boot", "b", "sequence", "n"));
    String text = "{\"b\":\"x1\",\"n\":7,\"time\":1780000000000,\"measurements\":{\"a\":1}}";

    TelemetryMessage message = message(counting.map(TOPIC, utf8(text), ARRIVAL));
    assertThat(message.getBootId()).isEqualTo("x1");
    assertThat(message.getSequence()).isEqualTo(7);
    assertThat(message.getMessageId()).isEmpty();
    assertThat(
            message(json(Map.of("message-id", "n")).map(TOPIC, utf8(text), ARRIVAL)).getMessageId())
        .isEqualTo("7");
    assertRefused(
        counting.map(TOPIC, utf8(text.replace(":7", ":-7.5")), ARRIVAL),
        Reason.INVALID_FIELD,
        "n must be a whole number, but is \"-7.5\"");
    assertRefused(
        counting.map(TOPIC, utf8(text.replace("\"b\"", "\"c\"")), ARRIVAL),
        Reason.MISSING_FIELD,
        "holds no b");
  }

  @Test
  void givesARepeatTheSameIdAndAnythingElseAnother() {
    MessageMapper mapper = json(Map.of());
    byte[] one = utf8("{\"time\":1780000000000,\"measurements\":{\"a\":1}}");
    byte[] other = utf8("{\"time\":1780000000000,\"measurements\":{\"b\":1}}");
    String id = message(mapper.map(TOPIC, one, ARRIVAL)).getMessageId();

    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(message(mapper.map(TOPIC, one, ARRIVAL + 5)).getMessageId()).isEqualTo(id);
    assertThat(message(mapper.map(TOPIC, other, ARRIVAL)).getMessageId()).isNotEqualTo(id);
    assertThat(message(mapper.map("plants/acme/hall-2/x/telemetry", one, ARRIVAL)).getMessageId())
        .isNotEqualTo(id);
  }

  @Test
  void takesTheTimeOfArrivalForDevicesWithoutAClock() {
    MessageMapper mapper = json(Map.of("time", "$arrival"));
    byte[] payload = utf8("{\"measurements\":{\"a\":1}}");

    TelemetryMessage message = message(mapper.map(TOPIC, payload, ARRIVAL));
    assertThat(message.getMeasurements(0).getEventTimeEpochMillis()).isEqualTo(ARRIVAL);
    // The same value again is another reading, not a repeat.
    assertThat(message(mapper.map(TOPIC, payload, ARRIVAL + 1)).getMessageId())
        .isNotEqualTo(message.getMessageId());
  }

  @Test
  void losesOnlyTheValueThatIsNoNumber() {
    Mapped mapped =
        json(Map.of())
            .map(
                TOPIC,
                utf8(
                    "{\"time\":1780000000000,\"measurements\":{\"a\":1,\"b\":\"n/a\",\"C\":3,\"d\":1e999,\"e\":5}}"),
                ARRIVAL);

    assertThat(message(mapped).getMeasurementsList())
        .extracting(Measurement::getChannel)
        .containsExactly("a", "e");
    assertThat(mapped.letters())
        .extracting(DeadLetter::index, DeadLetter::channel, DeadLetter::detail)
        .containsExactly(
            tuple(1, "b", "must be a finite number, but is \"n/a\""),
            tuple(2, "", "a channel has lower case letters, digits and _, but is \"C\""),
            tuple(3, "d", "must be a finite number, but is \"Infinity\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"time\":1 | MALFORMED | no JSON",
        "21.5 | MALFORMED | no JSON object or array",
        "{} {} | MALFORMED | no JSON",
        "{\"measurements\":{\"a\":1}} | MISSING_FIELD | holds no time in time",
        "{\"time\":1780000000000} | MISSING_FIELD | holds none of measurements",
        "{\"time\":\"yesterday\",\"measurements\":{\"a\":1}} | INVALID_FIELD | but is \"yesterday\"",
        "{\"time\":-5,\"measurements\":{\"a\":1}} | INVALID_FIELD | event_time_epoch_millis"
      })
  void refusesWhatCannotBeRead(String payload, Reason reason, String detail) {
    assertRefused(json(Map.of()).map(TOPIC, utf8(payload), ARRIVAL), reason, detail);
  }

  @Test
  void letterOfARepeatIsTheSameLetter() {
    MessageMapper mapper = json(Map.of());
    DeadLetter one = mapper.map(TOPIC, utf8("x"), ARRIVAL).letters().get(0);
    DeadLetter again = mapper.map(TOPIC, utf8("x"), ARRIVAL + 9).letters().get(0);

    assertThat(one.source().topic()).isEqualTo("mqtt:" + TOPIC);
    assertThat(one.source().offset()).isNotNegative().isEqualTo(again.source().offset());
    assertThat(one.source().key()).isEqualTo(utf8("hall-2"));
    assertThat(one.source().value()).isEqualTo(utf8("x"));
    assertThat(one.deviceId()).isEqualTo("t-17");
  }

  @Test
  void refusesADeviceWhoseNameIsNone() {
    Mapped mapped =
        json(Map.of())
            .map(
                "plants/acme/hall 2/t 17/telemetry",
                utf8("{\"time\":1780000000000,\"measurements\":{\"a\":1}}"),
                ARRIVAL);

    assertRefused(mapped, Reason.INVALID_FIELD, "device_id");
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertRefused(
        json(Map.of()).map(TOPIC, new byte[1025], ARRIVAL),
        Reason.OVERSIZED,
        "1025 bytes, but at most 1024 are accepted");
  }

  @Test
  void writesNothingForATenantThatIsNotAllowed() {
    byte[] claims = utf8("{\"tenant\":\"acme\",\"time\":1780000000000,\"measurements\":{\"a\":1}}");
    Mapped mapped = json(Map.of()).map("plants/evil/hall-2/t/telemetry", claims, ARRIVAL);

    assertThat(mapped.ignored()).isEqualTo(Ignored.UNKNOWN_TENANT);
    assertThat(mapped.telemetry()).isNull();
    assertThat(mapped.letters()).isEmpty();
    assertThat(json(Map.of()).map("other", claims, ARRIVAL).ignored()).isEqualTo(Ignored.NO_ROUTE);
    assertThat(json(Map.of()).map(TOPIC, new byte[0], ARRIVAL).ignored()).isEqualTo(Ignored.EMPTY);
  }

  @Test
  void passesProtobufOnAndFillsInWhatIsOpen() {
    TelemetryMessage sent =
        TelemetryMessage.newBuilder()
            .setBootId("b")
            .setSequence(3)
            .addMeasurements(
                Measurement.newBuilder()
                    .setChannel("a")
                    .setEventTimeEpochMillis(ARRIVAL)
                    .setValue(1))
            .build();

    TelemetryMessage whole = message(protobuf().map(TOPIC, sent.toByteArray(), ARRIVAL));
    assertThat(whole)
        .isEqualTo(
            sent.toBuilder()
                .setDeviceId("t-17")
                .setAssetId("hall-2")
                .setAssetClass("climate")
                .build());
    TelemetryMessage unnumbered = sent.toBuilder().clearBootId().clearSequence().build();
    assertThat(message(protobuf().map(TOPIC, unnumbered.toByteArray(), ARRIVAL)).getMessageId())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void refusesProtobufThatClaimsToBeSomebodyElse() {
    TelemetryMessage sent = TelemetryMessage.newBuilder().setBootId("b").build();

    assertRefused(
        protobuf().map(TOPIC, sent.toBuilder().setTenant("globex").build().toByteArray(), ARRIVAL),
        Reason.WRONG_TENANT,
        "claims tenant \"globex\", but its topic belongs to \"acme\"");
    assertRefused(
        protobuf().map(TOPIC, sent.toBuilder().setDeviceId("t-18").build().toByteArray(), ARRIVAL),
        Reason.INVALID_FIELD,
        "claims device \"t-18\"");
    assertRefused(
        protobuf().map(TOPIC, sent.toBuilder().setAssetId("x").build().toByteArray(), ARRIVAL),
        Reason.INVALID_FIELD,
        "claims asset \"x\"");
    assertRefused(
        protobuf().map(TOPIC, utf8("{\"time\":1}"), ARRIVAL),
        Reason.MALFORMED,
        "no TelemetryMessage");
  }

  @Test
  void neverThrowsWhateverTheBytesAre() {
    long seed = 20261120;
    Random random = new Random(seed);
    byte[] good =
        utf8("{\"time\":1780000000000,\"measurements\":{\"a\":1,\"b\":[{}]},\"n\":\"é\"}");
    MessageMapper[] mappers = {
      json(Map.of()),
      json(Map.of("boot", "n", "sequence", "time", "samples", "measurements")),
      protobuf()
    };
    for (int i = 0; i < 30_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(6); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Mapped mapped = mappers[i % 3].map(TOPIC, bytes, ARRIVAL);
      assertThat(mapped.telemetry() != null || !mapped.letters().isEmpty())
          .as("seed %d, message %d", seed, i)
          .isTrue();
    }
  }

  private static void assertRefused(Mapped mapped, Reason reason, String detail) {
    assertThat(mapped.telemetry()).isNull();
    assertThat(mapped.letters()).hasSize(1);
    DeadLetter letter = mapped.letters().get(0);
    assertThat(letter.detail()).contains(detail);
    assertThat(letter.reason()).isEqualTo(reason);
    assertThat(letter.index()).isEqualTo(DeadLetter.WHOLE_RECORD);
  }

  private static MessageMapper json(Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("climate.topic", "plants/{tenant}/{asset}/{device}/telemetry");
    options.put("climate.tenants", "acme");
    options.put("climate.asset-class", "climate");
    more.forEach((key, value) -> options.put("climate." + key, value));
    List<String> problems = new ArrayList<>();
    MessageMapper mapper = new MessageMapper(RouteReader.read(options, problems), 1024);
    assertThat(problems).isEmpty();
    return mapper;
  }

  private static MessageMapper protobuf() {
    return json(Map.of("payload", "protobuf"));
  }

  private static TelemetryMessage message(Mapped mapped) {
    assertThat(mapped.telemetry()).as("%s", mapped.letters()).isNotNull();
    try {
      return TelemetryMessage.parseFrom(mapped.telemetry());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
