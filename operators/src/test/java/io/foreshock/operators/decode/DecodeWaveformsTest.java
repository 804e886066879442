package io.foreshock.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.model.LineFrequency;
import io.foreshock.model.Measurement;
import io.foreshock.model.RawRecord;
import io.foreshock.model.ShaftSpeed;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.model.WaveformChannel;
import io.foreshock.model.WaveformIndicator;
import io.foreshock.model.WaveformIndicator.Kind;
import io.foreshock.operators.assets.AssetDirectory;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.asset.v1.ChannelMapping;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import io.foreshock.samples.Waves;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waveforms come in, readings of their indicators go on. */
class DecodeWaveformsTest {
  private static final long NOW = Readings.time("08:00:00");
  private static final double RATE = 8_192;
  private static final int COUNT = 8_192;
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final ChannelRegistry CHANNELS =
      new ChannelRegistry(
          List.of(
              new Channel("shaft_speed_rpm", "rpm", 0, 100_000, "Speed"),
              new Channel("wave_kurtosis", "", 0, 500, "Declared, with a range of its own")),
          List.of(
              new WaveformChannel(
                  new Channel("wave_g", "g", -100, 100, "Acceleration"),
                  new ShaftSpeed("shaft_speed_rpm", Double.NaN),
                  List.of(
                      indicator("wave_rms_g", "g", Kind.RMS, null),
                      indicator("wave_kurtosis", "", Kind.KURTOSIS, null),
                      indicator("wave_shaft_g", "g", Kind.LINE, new LineFrequency(0, 1))))));

  private DecodeHarness harness;

  private static WaveformIndicator indicator(
      String name, String unit, Kind kind, LineFrequency line) {
    return new WaveformIndicator(
        new Channel(name, unit, 0, NONE, ""), kind, 0, NONE, line, 1, null, 0, 0.01);
  }

  @BeforeEach
  void open() throws Exception {
    harness = new DecodeHarness(DecodeRules.DEFAULT, CHANNELS);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  /** A sine of 2 g at 30 Hz that ends a second after it began. */
  private static Waveform.Builder wave(long begin) {
    return Waves.waveform("wave_g", begin, RATE, Waves.samples(Waves.sine(30, 2), COUNT, RATE));
  }

  private static Readings pump() {
    return Readings.of(Assets.PUMP).sequence(7).at(NOW);
  }

  private DecodeHarness.Decoded decode(TelemetryMessage message) throws Exception {
    return harness.decode(Readings.record(Assets.TENANT, 42, NOW + 2_000, message.toByteArray()));
  }

  private static Measurement only(TelemetryBatch batch, String channel) {
    return batch.measurements().stream()
        .filter(reading -> reading.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aWaveformBecomesReadingsAtTheTimeOfItsLastSample() throws Exception {
    DecodeHarness.Decoded decoded =
        decode(Waves.message(pump().reading("shaft_speed_rpm", 1_800), wave(NOW)));

    assertThat(decoded.letters()).isEmpty();
    TelemetryBatch batch = decoded.batches().get(0);
    assertThat(batch.measurements())
        .extracting(Measurement::channel)
        .containsExactly("shaft_speed_rpm", "wave_kurtosis", "wave_rms_g", "wave_shaft_g");
    assertThat(only(batch, "wave_rms_g").value()).isCloseTo(Math.sqrt(2), within(1e-4));
    assertThat(only(batch, "wave_kurtosis").value()).isCloseTo(1.5, within(1e-4));
    assertThat(only(batch, "wave_shaft_g").value()).isCloseTo(2, within(1e-2));
    assertThat(only(batch, "wave_shaft_g").eventTimeMillis()).isEqualTo(NOW + 1_000);
    assertThat(batch.newestEventTimeMillis()).isEqualTo(NOW + 1_000);
    assertThat(harness.count("waveforms")).isEqualTo(1);
    assertThat(harness.count("indicatorsLeftOut")).isZero();
    assertThat(harness.count("measurements")).isEqualTo(4);
  }

  @Test
  void countsAreSamplesTimesTheirScale() throws Exception {
    Waveform.Builder counts = wave(NOW).clearSamples().setScale(0.001);
    for (double sample : Waves.samples(Waves.sine(30, 2), COUNT, RATE)) {
      counts.addScaledSamples((int) Math.round(sample / 0.001));
    }

    TelemetryBatch batch = decode(Waves.message(pump(), counts)).batches().get(0);

    assertThat(only(batch, "wave_rms_g").value()).isCloseTo(Math.sqrt(2), within(1e-3));
  }

  @Test
  void samplesInAnotherUnitAreConverted() throws Exception {
    Waveform.Builder metric = wave(NOW).setUnit("m/s²");

    TelemetryBatch batch = decode(Waves.message(pump(), metric)).batches().get(0);

    assertThat(only(batch, "wave_rms_g").value()).isCloseTo(Math.sqrt(2) / 9.80665, within(1e-5));
  }

  @Test
  void theSpeedNearestToTheEndOfTheBlockCounts() throws Exception {
    TelemetryBatch batch =
        decode(
                Waves.message(
                    pump()
                        .at(NOW - 5_000)
                        .reading("shaft_speed_rpm", 600)
                        .at(NOW + 900)
                        .reading("shaft_speed_rpm", 1_800)
                        .at(NOW + 1_900)
                        .reading("shaft_speed_rpm", 3_000),
                    wave(NOW)))
            .batches()
            .get(0);

    assertThat(only(batch, "wave_shaft_g").value()).isCloseTo(2, within(1e-2));
  }

  @Test
  void withoutASpeedTheLinesOfTheShaftAreLeftOutAndCounted() throws Exception {
    DecodeHarness.Decoded decoded = decode(Waves.message(pump(), wave(NOW)));

    assertThat(decoded.letters()).isEmpty();
    assertThat(decoded.batches().get(0).measurements())
        .extracting(Measurement::channel)
        .containsExactly("wave_kurtosis", "wave_rms_g");
    assertThat(harness.count("indicatorsLeftOut")).isEqualTo(1);
  }

  @Test
  void anIndicatorBeyondTheRangeOfItsChannelIsLeftOutAndCounted() throws Exception {
    // One impulse in 8,192 zeros: kurtosis 8,190, where the channel's range ends at 500.
    double[] impulse = new double[COUNT];
    impulse[77] = 50;

    DecodeHarness.Decoded decoded =
        decode(Waves.message(pump(), Waves.waveform("wave_g", NOW, RATE, impulse)));

    assertThat(decoded.batches().get(0).measurements())
        .extracting(Measurement::channel)
        .containsExactly("wave_rms_g");
    assertThat(harness.count("indicatorsLeftOut")).isEqualTo(2);
  }

  @Test
  void aBadWaveformCostsOnlyItself() throws Exception {
    Waveform.Builder unknown = wave(NOW).setChannel("other_wave_g");
    Waveform.Builder future = wave(NOW + 302_000);
    Waveform.Builder infinite = wave(NOW).setSamples(17, Float.NaN);
    Waveform.Builder beyond = wave(NOW).setSamples(18, 101);
    Waveform.Builder unit = wave(NOW).setUnit("bar");

    DecodeHarness.Decoded decoded =
        decode(
            Waves.message(
                pump().reading("shaft_speed_rpm", 1_800),
                unknown,
                future,
                wave(NOW),
                infinite,
                beyond,
                unit));

    assertThat(decoded.batches().get(0).measurements()).hasSize(4);
    assertThat(decoded.letters())
        .extracting(DeadLetter::index, DeadLetter::reason, DeadLetter::channel)
        .containsExactly(
            tuple(1, Reason.UNKNOWN_CHANNEL, "other_wave_g"),
            tuple(2, Reason.IN_THE_FUTURE, "wave_g"),
            tuple(4, Reason.OUT_OF_RANGE, "wave_g"),
            tuple(5, Reason.OUT_OF_RANGE, "wave_g"),
            tuple(6, Reason.INVALID_FIELD, "wave_g"));
    assertThat(decoded.letters())
        .extracting(DeadLetter::detail)
        .satisfiesExactly(
            detail ->
                assertThat(detail)
                    .isEqualTo(
                        "waveforms[0]: channel=other_wave_g is no waveform of the channel registry, which holds wave_g"),
            detail ->
                assertThat(detail)
                    .startsWith("waveforms[1]: event time 2026-01-05T08:05:03Z is more than PT5M"),
            detail ->
                assertThat(detail).isEqualTo("waveforms[3]: sample 17 is NaN, but must be finite"),
            detail ->
                assertThat(detail)
                    .isEqualTo(
                        "waveforms[4]: sample 18: value=101.0 unit=g is outside range=[-100.0, 100.0] of channel=wave_g"),
            detail ->
                assertThat(detail)
                    .isEqualTo(
                        "waveforms[5]: unit \"bar\" measures pressure, but \"g\" measures acceleration"));
    assertThat(Waveform.parseFrom(decoded.letters().get(0).source().value()))
        .isEqualTo(unknown.build());
  }

  @Test
  void aWaveformThatBreaksTheContractRefusesTheMessage() throws Exception {
    DecodeHarness.Decoded decoded =
        decode(Waves.message(pump().reading("a_c", 1), wave(NOW).clearSamplingRateHz()));

    assertThat(decoded.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.index()).isEqualTo(DeadLetter.WHOLE_RECORD);
              assertThat(letter.detail()).startsWith("waveforms[0].sampling_rate_hz");
            });
    assertThat(decoded.batches().get(0).measurements()).isEmpty();
  }

  @Test
  void aMessageBecomesNoMoreMeasurementsThanTheContractAllows() throws Exception {
    TelemetryMessage crowded =
        Waves.message(pump(), wave(NOW)).toBuilder()
            .addAllMeasurements(
                Collections.nCopies(
                    9_998,
                    io.foreshock.proto.telemetry.v1.Measurement.newBuilder()
                        .setChannel("a_c")
                        .setEventTimeEpochMillis(NOW)
                        .build()))
            .build();

    DecodeHarness.Decoded decoded = decode(crowded);

    assertThat(decoded.batches().get(0).measurements()).hasSize(9_998);
    assertThat(decoded.letters())
        .singleElement()
        .extracting(DeadLetter::detail)
        .isEqualTo(
            "waveforms[0]: the message holds 9998 measurements, and its waveforms become 3 more: at most 10000 fit in"
                + " a message");
  }

  @Test
  void anOldWaveformIsBacklog() throws Exception {
    assertThat(decode(Waves.message(pump(), wave(NOW - 1_000_000))).batches().get(0).backlog())
        .isTrue();
  }

  @Test
  void theAssetRegistryRenamesWaveformsAndKnowsTheirUnit() {
    AssetDirectory assets = new AssetDirectory(CHANNELS);
    AssetDefinition pump =
        AssetDefinition.newBuilder()
            .setTenant(Assets.TENANT)
            .setAssetId(Assets.PUMP.assetId())
            .addChannels(
                ChannelMapping.newBuilder().setFrom("acc_1").setChannel("wave_g").setUnit("m/s2"))
            .build();
    assertThat(
            assets.take(
                new RawRecord(
                    "",
                    "foreshock.assets",
                    0,
                    0,
                    1,
                    Assets.PUMP.key().getBytes(StandardCharsets.UTF_8),
                    pump.toByteArray())))
        .isEmpty();

    TelemetryMessage changed =
        assets.apply(
            Assets.TENANT,
            Waves.message(
                pump(), wave(NOW).setChannel("acc_1"), wave(NOW).setChannel("acc_1").setUnit("g")));

    assertThat(changed.getWaveformsList())
        .extracting(Waveform::getChannel, Waveform::getUnit)
        .containsExactly(tuple("wave_g", "m/s2"), tuple("wave_g", "g"));
  }

  @Test
  void whatGoesOnIsAnOrdinaryMessageWithoutSamples() throws Exception {
    TelemetryBatch batch = decode(Waves.message(pump(), wave(NOW))).batches().get(0);

    TelemetryMessage passedOn = TelemetryCodec.parse(TelemetryCodec.encodeClean(batch, false));

    assertThat(passedOn.getWaveformsCount()).isZero();
    assertThat(passedOn.getMeasurementsCount()).isEqualTo(2);
    assertThat(passedOn.getSerializedSize()).isLessThan(200);
  }
}
