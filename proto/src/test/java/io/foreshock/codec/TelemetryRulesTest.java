package io.foreshock.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import com.google.protobuf.TextFormat;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class TelemetryRulesTest {

  /** The rules as CEL evaluates them: no short cut of protovalidate's own in between. */
  private static Validator protovalidate(boolean nativeRules) {
    return ValidatorFactory.newBuilder()
        .withConfig(Config.newBuilder().setFailFast(true).setEnableNativeRules(nativeRules).build())
        .build();
  }

  @Test
  void agreesWithProtovalidate(TestReporter reporter) throws Exception {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    reporter.publishEntry("foreshock.seed", Long.toString(seed));
    RandomMessages messages = new RandomMessages(new Random(seed));
    Validator validator = protovalidate(false);
    int accepted = 0;
    int cases = Integer.getInteger("foreshock.rules.cases", 20_000);
    for (int i = 0; i < cases; i++) {
      TelemetryMessage message = messages.next();
      boolean expected = validator.validate(message).isSuccess();
      if (TelemetryRules.accepts(message) != expected) {
        fail(
            "protovalidate "
                + (expected ? "accepts" : "refuses")
                + ", -Dforeshock.seed="
                + seed
                + "\n"
                + TextFormat.printer().printToString(message)
                + validator.validate(message));
      }
      if (expected) {
        accepted++;
      } else {
        assertThat(TelemetryViolation.first(message).detail()).hasSizeBetween(10, 500);
      }
    }
    assertThat(accepted).isBetween(cases / 5, cases * 4 / 5);
  }

  @Test
  void agreesOnTheLengthOfTheLongLists() throws Exception {
    Measurement item =
        Measurement.newBuilder().setChannel("a_c").setEventTimeEpochMillis(1).build();
    TelemetryMessage.Builder message =
        TelemetryCodec.toMessage(Readings.of(Assets.PUMP).batch()).toBuilder()
            .addAllMeasurements(Collections.nCopies(10_000, item));
    assertThat(TelemetryRules.accepts(message.build())).isTrue();
    assertThat(protovalidate(true).validate(message.build()).isSuccess()).isTrue();

    message.addMeasurements(item);

    assertThat(TelemetryRules.accepts(message.build())).isFalse();
    assertThat(protovalidate(true).validate(message.build()).isSuccess()).isFalse();
    assertThat(TelemetryViolation.first(message.build()).detail())
        .isEqualTo(
            "measurements: must contain no more than 10000 item(s) (rule repeated.max_items)");
  }

  @Test
  void agreesOnTheLengthOfAWaveform() throws Exception {
    for (int count : new int[] {63, 64, 65_536, 65_537}) {
      for (boolean scaled : new boolean[] {false, true}) {
        Waveform.Builder waveform =
            Waveform.newBuilder()
                .setChannel("wave_g")
                .setEventTimeEpochMillis(1)
                .setSamplingRateHz(25_600)
                .setScale(0.5);
        if (scaled) {
          waveform.addAllScaledSamples(Collections.nCopies(count, 7));
        } else {
          waveform.addAllSamples(Collections.nCopies(count, 7f));
        }
        TelemetryMessage message =
            TelemetryCodec.toMessage(Readings.of(Assets.PUMP).batch()).toBuilder()
                .addWaveforms(waveform)
                .build();
        boolean expected = count >= 64 && count <= 65_536;

        assertThat(TelemetryRules.accepts(message)).as("%d samples", count).isEqualTo(expected);
        assertThat(protovalidate(true).validate(message).isSuccess()).isEqualTo(expected);
        assertThat(message.getSerializedSize()).isLessThan(300_000);
      }
    }
  }

  @Test
  void namesFieldValueAndRule() {
    TelemetryMessage good = TelemetryCodec.toMessage(Readings.of(Assets.PUMP).batch());

    assertViolation(
        good.toBuilder().setDeviceId("pump 1\n"),
        Reason.INVALID_FIELD,
        "device_id: does not match regex pattern `^[A-Za-z0-9][A-Za-z0-9._:-]*$`, but is \"pump 1\uFFFD\" (rule string.pattern)");
    assertViolation(
        good.toBuilder().setAssetId("a ".repeat(60)),
        Reason.INVALID_FIELD,
        "asset_id: does not match regex pattern `^([A-Za-z0-9][A-Za-z0-9._:-]*)?$`, but is \""
            + "a ".repeat(40)
            + "…\" (rule string.pattern)");
    assertViolation(
        good.toBuilder().clearDeviceId(),
        Reason.MISSING_FIELD,
        "device_id: must be at least 1 characters, but is \"\" (rule string.min_len)");
    assertViolation(
        good.toBuilder().clearBootId(),
        Reason.MISSING_FIELD,
        "boot_id (with sequence) or message_id is required, to tell a repeat from a new message (rule telemetry.identity)");
    assertViolation(
        good.toBuilder()
            .addMeasurements(
                Measurement.newBuilder().setChannel("a_c").setEventTimeEpochMillis(-5)),
        Reason.INVALID_FIELD,
        "measurements[0].event_time_epoch_millis: must be greater than 0 and less than or equal to 4102444800000, but is -5 (rule int64.gt_lte)");
    assertViolation(
        good.toBuilder()
            .addOperatingStateChanges(
                io.foreshock.proto.telemetry.v1.OperatingStateChange.newBuilder()
                    .setEventTimeEpochMillis(1)),
        Reason.MISSING_FIELD,
        "operating_state_changes[0].state: ");
  }

  @Test
  void namesTheRulesOfWaveforms() {
    TelemetryMessage.Builder good =
        TelemetryCodec.toMessage(Readings.of(Assets.PUMP).batch()).toBuilder();
    Waveform wave =
        Waveform.newBuilder()
            .setChannel("wave_g")
            .setEventTimeEpochMillis(1)
            .setSamplingRateHz(25_600)
            .addAllSamples(Collections.nCopies(64, 0.5f))
            .build();

    assertViolation(
        good.clone().addWaveforms(wave.toBuilder().clearSamplingRateHz()),
        Reason.INVALID_FIELD,
        "waveforms[0].sampling_rate_hz: must be greater than or equal to 1");
    assertViolation(
        good.clone().addWaveforms(wave.toBuilder().addScaledSamples(1).setScale(1)),
        Reason.INVALID_FIELD,
        "waveforms[0]: either samples or scaled_samples must be given, not both (rule waveform.form)");
    assertViolation(
        good.clone().addWaveforms(wave.toBuilder().clearSamples()),
        Reason.INVALID_FIELD,
        "waveforms[0]: a waveform must hold at least 64 samples (rule waveform.length)");
    assertViolation(
        good.clone()
            .addWaveforms(
                wave.toBuilder().clearSamples().addAllScaledSamples(Collections.nCopies(64, 1))),
        Reason.INVALID_FIELD,
        "waveforms[0]: scale must be above 0 where there are scaled_samples (rule waveform.scale)");
  }

  private static void assertViolation(
      TelemetryMessage.Builder message, Reason reason, String detail) {
    TelemetryViolation violation = TelemetryViolation.first(message.build());
    assertThat(violation.detail()).startsWith(detail);
    assertThat(violation.reason()).isEqualTo(reason);
  }

  @Test
  void hasNothingToSayAboutAGoodMessage() {
    TelemetryMessage good = TelemetryCodec.toMessage(Readings.of(Assets.PUMP).batch());

    assertThatThrownBy(() -> TelemetryViolation.first(good))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("disagree");
  }

  /** Prints what RATIONALE.md states: {@code -Dforeshock.measure=true}. */
  @Test
  @EnabledIfSystemProperty(named = "foreshock.measure", matches = "true")
  void measuresTheCostOfAMessage() throws Exception {
    Readings readings = Readings.of(Assets.PUMP).sequence(3);
    for (int i = 0; i < 20; i++) {
      readings.reading(i % 2 == 0 ? "bearing_temperature_c" : "vibration_rms_mm_s", i);
    }
    TelemetryMessage message = TelemetryCodec.toMessage(readings.batch());
    Validator withNativeRules = protovalidate(true);
    Validator withCel = protovalidate(false);
    for (int round = 0; round < 4; round++) {
      System.out.printf(
          "20 measurements: by hand %d ns, protovalidate native %d ns, protovalidate CEL %d ns%n",
          nanos(1_000_000, () -> TelemetryRules.accepts(message)),
          nanos(10_000, () -> withNativeRules.validate(message).isSuccess()),
          nanos(1_000, () -> withCel.validate(message).isSuccess()));
    }
  }

  private interface Check {
    boolean accepts() throws Exception;
  }

  private static long nanos(int times, Check check) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      if (!check.accepts()) {
        fail("must accept");
      }
    }
    return (System.nanoTime() - start) / times;
  }
}
