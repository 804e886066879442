package io.foreshock.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.FaultCode;
import io.foreshock.model.LineFrequency;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.ShaftSpeed;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.model.WaveformChannel;
import io.foreshock.model.WaveformIndicator;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Whatever comes: no exception, never nothing, and no two letters with one identity. */
class DecodeFuzzTest {
  private static final int RECORDS = Integer.getInteger("foreshock.fuzz.records", 200_000);
  private static final long NOW = Readings.time("08:00:00");
  private static final int MAX_SIZE = 600;

  private static final WaveformChannel WAVEFORM =
      new WaveformChannel(
          new Channel("wave_g", "g", -1e3, 1e3, "For the test"),
          new ShaftSpeed("speed_rpm", 1_500),
          List.of(
              indicator("wave_rms_g", WaveformIndicator.Kind.RMS),
              indicator("wave_kurtosis", WaveformIndicator.Kind.KURTOSIS),
              indicator("wave_line_g", WaveformIndicator.Kind.ENVELOPE_LINE)));

  private static WaveformIndicator indicator(String name, WaveformIndicator.Kind kind) {
    return new WaveformIndicator(
        new Channel(name, "", 0, Double.POSITIVE_INFINITY, "For the test"),
        kind,
        0,
        Double.POSITIVE_INFINITY,
        new LineFrequency(0, 30),
        2,
        null,
        0,
        0.01);
  }

  @Test
  void neverThrowsAndAccountsForEveryRecord(TestReporter reporter) throws Exception {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    reporter.publishEntry("foreshock.seed", Long.toString(seed));
    Random random = new Random(seed);
    ChannelRegistry channels =
        new ChannelRegistry(
            List.of(new Channel("a_c", "°C", -40, 200, "For the test")), List.of(WAVEFORM));
    DecodeRules rules =
        new DecodeRules(
            MAX_SIZE, DecodeRules.DEFAULT.futureTolerance(), DecodeRules.DEFAULT.liveMaxAge());
    Set<DeadLetter.Reason> reasons = EnumSet.noneOf(DeadLetter.Reason.class);
    int intact = 0;
    try (DecodeHarness harness = new DecodeHarness(rules, channels)) {
      for (int offset = 0; offset < RECORDS; offset++) {
        byte[] bytes = damage(sample(random), random);
        DecodeHarness.Decoded decoded =
            harness.decode(Readings.record(Assets.TENANT, offset, NOW, bytes));

        if (decoded.letters().isEmpty()) {
          intact++;
        }
        decoded.letters().forEach(letter -> reasons.add(letter.reason()));
        String problem = problem(decoded, offset);
        if (problem != null) {
          fail(problem + ": offset " + offset + ", -Dforeshock.seed=" + seed);
        }
        if (offset % 100 == 0) {
          assertSameAgain(decoded, harness, offset, bytes);
        }
      }
    }
    assertThat(reasons)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(DeadLetter.Reason.TOO_LATE)));
    assertThat(intact).isBetween(RECORDS / 20, RECORDS / 2);
  }

  private static void assertSameAgain(
      DecodeHarness.Decoded decoded, DecodeHarness harness, int offset, byte[] bytes)
      throws Exception {
    DecodeHarness.Decoded again =
        harness.decode(Readings.record(Assets.TENANT, offset, NOW, bytes));
    assertThat(again.batches()).isEqualTo(decoded.batches());
    assertThat(again.letters())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(decoded.letters());
  }

  /** What is wrong with the outcome for one record; null for nothing. */
  private static String problem(DecodeHarness.Decoded decoded, long offset) {
    if (decoded.batches().size() > 1
        || (decoded.letters().isEmpty() && decoded.batches().isEmpty())) {
      return decoded.letters().size() + " letters, " + decoded.batches().size() + " batches";
    }
    Set<Integer> indexes = new HashSet<>();
    for (DeadLetter letter : decoded.letters()) {
      if (letter.detail().isEmpty() || letter.detail().length() > 1_000) {
        return "detail of " + letter.detail().length() + " characters";
      }
      if (letter.source().offset() != offset) {
        return "letter about another record";
      }
      if (!indexes.add(letter.index())) {
        return "two letters about " + letter.index();
      }
    }
    boolean whole = indexes.contains(DeadLetter.WHOLE_RECORD);
    if (whole && decoded.letters().size() > 1) {
      return "letters about the record and about items";
    }
    for (TelemetryBatch batch : decoded.batches()) {
      if (whole && items(batch) > 0) {
        return "content of a refused record";
      }
      if (!isSound(batch)) {
        return "unsound batch " + batch;
      }
    }
    return null;
  }

  /** What gets through keeps every promise that later operators rely on. */
  private static boolean isSound(TelemetryBatch batch) {
    long previous = 1;
    for (Measurement measurement : batch.measurements()) {
      if (measurement.eventTimeMillis() < previous || !Double.isFinite(measurement.value())) {
        return false;
      }
      previous = measurement.eventTimeMillis();
    }
    return batch.asset().tenant().equals(Assets.TENANT)
        && !batch.deviceId().isEmpty()
        && (batch.isSequenced() || !batch.messageId().isEmpty())
        && batch.sequence() >= 0
        && batch.newestEventTimeMillis() <= NOW + 300_000;
  }

  private static int items(TelemetryBatch batch) {
    return batch.measurements().size()
        + batch.faultCodes().size()
        + batch.maintenanceEvents().size()
        + batch.operatingStateChanges().size()
        + batch.positions().size();
  }

  private static TelemetryMessage sample(Random random) {
    Readings readings = Readings.of(Assets.PUMP).sequence(random.nextInt(1000));
    for (int i = random.nextInt(12); i > 0; i--) {
      readings.at(NOW - random.nextInt(1_000_000)).reading("a_c", random.nextInt(190));
    }
    if (random.nextBoolean()) {
      readings.fault("P0217", "bearing", FaultCode.Severity.ERROR);
      readings.state(OperatingStateChange.State.RUNNING).position(48, 16);
    }
    TelemetryMessage message = TelemetryCodec.toMessage(readings.batch());
    return random.nextInt(8) == 0
        ? message.toBuilder().addWaveforms(waveform(random)).build()
        : message;
  }

  private static Waveform waveform(Random random) {
    Waveform.Builder waveform =
        Waveform.newBuilder()
            .setChannel(random.nextInt(8) == 0 ? "other_wave_g" : "wave_g")
            .setEventTimeEpochMillis(NOW - random.nextInt(1_000_000))
            .setSamplingRateHz(1 + random.nextInt(20_000))
            .setUnit(random.nextInt(8) == 0 ? "bar" : "m/s²");
    if (random.nextBoolean()) {
      waveform.setScale(random.nextInt(20));
    }
    for (int i = 0; i < 64; i++) {
      if (waveform.getScale() > 0) {
        waveform.addScaledSamples(random.nextInt(100) - 50);
      } else {
        waveform.addSamples(random.nextInt(2_000) == 0 ? Float.NaN : random.nextFloat());
      }
    }
    return waveform.build();
  }

  private static byte[] damage(TelemetryMessage message, Random random) {
    byte[] bytes = message.toByteArray();
    TelemetryMessage.Builder changed = message.toBuilder();
    switch (random.nextInt(16)) {
      case 0:
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1, 2, 3:
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
      case 4:
        byte[] noise = new byte[random.nextInt(60)];
        random.nextBytes(noise);
        return noise;
      case 5:
        return Arrays.copyOf(bytes, MAX_SIZE + 1 + random.nextInt(100));
      case 6:
        byte[] mixed = Arrays.copyOf(bytes, bytes.length + 20);
        random.nextBytes(noise = new byte[20]);
        System.arraycopy(noise, 0, mixed, bytes.length, 20);
        return mixed;
      case 7:
        return changed.setTenant(Assets.OTHER_TENANT).build().toByteArray();
      case 8:
        return changed
            .addMeasurements(measurement(NOW + 300_001 + random.nextInt(), 1))
            .build()
            .toByteArray();
      case 9:
        return changed
            .addMeasurements(measurement(NOW, random.nextBoolean() ? 201 : Double.NaN))
            .build()
            .toByteArray();
      case 10:
        return changed
            .addFaultCodes(
                io.foreshock.proto.telemetry.v1.FaultCode.newBuilder()
                    .setCode("P1")
                    .setEventTimeEpochMillis(random.nextBoolean() ? NOW : Long.MAX_VALUE)
                    .setSeverityValue(random.nextInt(8)))
            .build()
            .toByteArray();
      case 11:
        return changed.clearDeviceId().build().toByteArray();
      case 12:
        return changed.clearBootId().build().toByteArray();
      case 13:
        return changed.setAssetClass("x".repeat(random.nextInt(100))).build().toByteArray();
      default:
        return bytes;
    }
  }

  private static io.foreshock.proto.telemetry.v1.Measurement measurement(long time, double value) {
    return io.foreshock.proto.telemetry.v1.Measurement.newBuilder()
        .setChannel("a_c")
        .setEventTimeEpochMillis(time)
        .setValue(value)
        .build();
  }
}
