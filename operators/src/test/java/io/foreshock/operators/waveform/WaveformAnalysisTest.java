package io.foreshock.operators.waveform;

import static io.foreshock.samples.Waves.bursts;
import static io.foreshock.samples.Waves.noise;
import static io.foreshock.samples.Waves.samples;
import static io.foreshock.samples.Waves.sine;
import static io.foreshock.samples.Waves.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.Channel;
import io.foreshock.model.LineFrequency;
import io.foreshock.model.ShaftSpeed;
import io.foreshock.model.WaveformChannel;
import io.foreshock.model.WaveformIndicator;
import io.foreshock.model.WaveformIndicator.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Signals whose indicators are known. */
class WaveformAnalysisTest {
  private static final double RATE = 25_600;
  private static final int COUNT = 16_384;
  private static final double SHAFT = 25;
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final BearingGeometry BEARING = new BearingGeometry(9, 7.94, 39.04, 0);
  private static final LineFrequency MESH = new LineFrequency(0, 32);

  private static WaveformIndicator indicator(
      String name, Kind kind, double from, double to, LineFrequency line, int harmonics) {
    return new WaveformIndicator(
        new Channel(name, "g", 0, NONE, ""),
        kind,
        from,
        to,
        line,
        harmonics,
        new LineFrequency(0, 0.4),
        3,
        0.01);
  }

  private static WaveformIndicator plain(Kind kind) {
    return indicator(kind.name(), kind, 0, NONE, null, 1);
  }

  private static WaveformIndicator band(Kind kind, double from, double to) {
    return indicator(kind.name(), kind, from, to, null, 1);
  }

  private static WaveformIndicator line(Kind kind, LineFrequency line, int harmonics) {
    return indicator(kind.name(), kind, 0, NONE, line, harmonics);
  }

  private static WaveformAnalysis analysis(WaveformIndicator... indicators) {
    return new WaveformAnalysis(
        new WaveformChannel(
            new Channel("wave_g", "g", -NONE, NONE, ""), ShaftSpeed.UNKNOWN, List.of(indicators)),
        new WaveformAnalysis.Workspace());
  }

  private static Map<String, Double> analyse(
      DoubleUnaryOperator wave, int count, double shaftHz, WaveformIndicator... indicators) {
    Map<String, Double> values = new HashMap<>();
    int absent =
        analysis(indicators)
            .analyse(
                samples(wave, count, RATE),
                count,
                RATE,
                shaftHz,
                (indicator, value) -> values.put(indicator.channel().name(), value));
    assertThat(values).hasSize(indicators.length - absent);
    return values;
  }

  private static double value(
      DoubleUnaryOperator wave, int count, double shaftHz, WaveformIndicator indicator) {
    return analyse(wave, count, shaftHz, indicator).get(indicator.channel().name());
  }

  @Test
  void aSineHasTheStatisticsOfASineWhateverItsOffset() {
    Map<String, Double> values =
        analyse(
            sum(sine(100, 2), t -> 7.5),
            COUNT,
            Double.NaN,
            plain(Kind.RMS),
            plain(Kind.PEAK),
            plain(Kind.CREST_FACTOR),
            plain(Kind.KURTOSIS));

    assertThat(values.get("RMS")).isCloseTo(Math.sqrt(2), within(1e-6));
    assertThat(values.get("PEAK")).isCloseTo(2, within(1e-3));
    assertThat(values.get("CREST_FACTOR")).isCloseTo(Math.sqrt(2), within(1e-3));
    assertThat(values.get("KURTOSIS")).isCloseTo(1.5, within(1e-6));
  }

  @Test
  void gaussianNoiseHasKurtosisThree() {
    assertThat(value(noise(0.7, 1), 65_536, Double.NaN, plain(Kind.KURTOSIS)))
        .isCloseTo(3, within(0.06));
  }

  @Test
  void theAmplitudeOfALineIsTrueWhereverItLiesBetweenBins() {
    for (int count : new int[] {16_384, 10_000, 1_024, 777}) {
      for (double hz = 1_500; hz < 1_600; hz += 3.7) {
        LineFrequency line = new LineFrequency(hz, 0);

        assertThat(value(sine(hz, 3), count, Double.NaN, line(Kind.LINE, line, 1)))
            .as("%f Hz of %d samples", hz, count)
            .isCloseTo(3, Percentage.withPercentage(0.2));
      }
    }
  }

  @Test
  void bandsAddUpToTheWhole() {
    DoubleUnaryOperator wave =
        sum(sine(50, 1), sine(700, 2), sine(5_000, 3), noise(0.5, 2), t -> -4);
    double whole = 0;
    for (double from = 0; from < 12_800; from += 1_280) {
      double rms = value(wave, 16_000, Double.NaN, band(Kind.RMS, from, from + 1_280));
      whole += rms * rms;
    }

    // Weighted by the window the noise is another sample of itself, hence the margin.
    assertThat(whole).isCloseTo((1 + 4 + 9) / 2.0 + 0.25, Percentage.withPercentage(1));
    assertThat(value(wave, 16_000, Double.NaN, band(Kind.BAND_SHARE, 4_000, 6_000)))
        .isCloseTo(4.5 / 7.25, within(0.02));
  }

  /** 1 g at 100 Hz is 9806.65 / (2 pi 100) = 15.6 mm/s. */
  @Test
  void integratesAccelerationToVelocity() {
    assertThat(
            value(
                sum(sine(100, Math.sqrt(2)), t -> 3),
                COUNT,
                Double.NaN,
                band(Kind.VELOCITY_RMS, 10, 1_000)))
        .isCloseTo(9_806.65 / (2 * Math.PI * 100), Percentage.withPercentage(0.2));
  }

  @Test
  void harmonicsAddUpBySquares() {
    DoubleUnaryOperator wave = sum(sine(800, 3), sine(1_600, 4), sine(2_400, 12));

    assertThat(value(wave, COUNT, SHAFT, line(Kind.LINE, MESH, 1)))
        .isCloseTo(3, Percentage.withPercentage(0.2));
    assertThat(value(wave, COUNT, SHAFT, line(Kind.LINE, MESH, 3)))
        .isCloseTo(13, Percentage.withPercentage(0.2));
  }

  /** Modulation of depth m puts m / 2 of the line on each of two side bands. */
  @Test
  void sideBandsOfAModulatedMeshAreKnown() {
    double gearHz = 0.4 * SHAFT;
    DoubleUnaryOperator wave =
        t -> (1 + 0.6 * Math.cos(2 * Math.PI * gearHz * t)) * sine(800, 2).applyAsDouble(t);

    Map<String, Double> values =
        analyse(
            wave,
            COUNT,
            SHAFT,
            line(Kind.SIDE_BANDS, MESH, 1),
            line(Kind.SIDE_BAND_RATIO, MESH, 1));

    assertThat(values.get("SIDE_BANDS"))
        .isCloseTo(Math.sqrt(2) * 0.6, Percentage.withPercentage(0.5));
    assertThat(values.get("SIDE_BAND_RATIO"))
        .isCloseTo(Math.sqrt(2) * 0.3, Percentage.withPercentage(0.5));
  }

  /** The envelope of a carrier of amplitude A and modulation depth m swings by A m about A. */
  @Test
  void theEnvelopeOfAModulatedCarrierIsKnown() {
    LineFrequency line = new LineFrequency(90, 0);
    DoubleUnaryOperator wave =
        sum(
            t -> (1 + 0.5 * Math.cos(2 * Math.PI * 90 * t)) * sine(4_000, 2).applyAsDouble(t),
            sine(300, 10));

    Map<String, Double> values =
        analyse(
            wave,
            COUNT,
            Double.NaN,
            indicator("line", Kind.ENVELOPE_LINE, 2_500, 6_000, line, 1),
            indicator("modulation", Kind.MODULATION, 2_500, 6_000, line, 1),
            indicator("rms", Kind.ENVELOPE_RMS, 2_500, 6_000, null, 1));

    assertThat(values.get("line")).isCloseTo(1, Percentage.withPercentage(1));
    assertThat(values.get("modulation")).isCloseTo(0.5, Percentage.withPercentage(1));
    assertThat(values.get("rms")).isCloseTo(1 / Math.sqrt(2), Percentage.withPercentage(2));
  }

  /**
   * Bursts at the outer race's frequency, under noise and a strong shaft line. First harmonics
   * only: three times the outer race's frequency is twice the inner race's within 0.7 % for this
   * bearing.
   */
  @Test
  void findsTheDefectiveRaceAndNoOther() {
    double bpfo = BEARING.outerRace().at(SHAFT);
    DoubleUnaryOperator healthy = sum(noise(0.1, 3), sine(SHAFT, 2));
    DoubleUnaryOperator broken =
        sum(noise(0.1, 4), sine(SHAFT, 2), bursts(bpfo * 1.004, 4_200, 0.0008, 1.5));
    WaveformIndicator[] races = {
      indicator("bpfo", Kind.ENVELOPE_LINE, 2_500, 6_000, BEARING.outerRace(), 1),
      indicator("bpfi", Kind.ENVELOPE_LINE, 2_500, 6_000, BEARING.innerRace(), 1),
      indicator("bsf", Kind.ENVELOPE_LINE, 2_500, 6_000, BEARING.roller(), 2)
    };

    Map<String, Double> good = analyse(healthy, 32_768, SHAFT, races);
    Map<String, Double> bad = analyse(broken, 32_768, SHAFT, races);

    assertThat(bad.get("bpfo")).isGreaterThan(5 * good.get("bpfo")).isGreaterThan(0.15);
    assertThat(bad.get("bpfi")).isLessThan(bad.get("bpfo") / 3);
    assertThat(bad.get("bsf")).isLessThan(bad.get("bpfo") / 3);
  }

  @Test
  void leavesOutWhatABlockCannotTell() {
    WaveformIndicator mesh = line(Kind.LINE, MESH, 1);

    assertThat(analyse(sine(800, 1), COUNT, Double.NaN, mesh)).isEmpty();
    assertThat(analyse(sine(800, 1), COUNT, 500, mesh)).as("beyond half of the rate").isEmpty();
    assertThat(analyse(sine(800, 1), 64, 25, mesh)).as("3 periods in the block").isEmpty();
    assertThat(analyse(sine(800, 1), COUNT, SHAFT, band(Kind.RMS, 10_000, 20_000))).isEmpty();
    assertThat(
            analyse(
                t -> 4,
                COUNT,
                SHAFT,
                plain(Kind.KURTOSIS),
                plain(Kind.CREST_FACTOR),
                plain(Kind.RMS)))
        .as("all samples equal")
        .isEqualTo(Map.of("RMS", 0.0));
  }

  @Test
  void aConstantWhoseMeanIsRoundedIsAConstant() {
    assertThat(
            analyse(
                t -> 37 * 0.001,
                8_192,
                SHAFT,
                plain(Kind.KURTOSIS),
                plain(Kind.CREST_FACTOR),
                plain(Kind.RMS)))
        .isEqualTo(Map.of("RMS", 0.0));
  }

  /** Harmonics three resolutions apart are looked for in places that overlap. */
  @Test
  void whatLiesBetweenTwoHarmonicsCountsOnce() {
    double hz = 3 * RATE / COUNT;

    assertThat(value(sine(hz, 2), COUNT, SHAFT, line(Kind.LINE, new LineFrequency(hz, 0), 2)))
        .isCloseTo(2, Percentage.withPercentage(0.2));
  }

  /** Of 1,024 samples at 8,192 Hz, the line itself reaches 16 Hz to each side. */
  @Test
  void sideBandsThatTheLineItselfReachesAreNotTold() {
    LineFrequency line = new LineFrequency(800, 0);
    for (double spacing : new double[] {24, 29, 32}) {
      Map<String, Double> values = new HashMap<>();
      WaveformIndicator[] indicators = {
        spaced(Kind.SIDE_BANDS, line, spacing), spaced(Kind.SIDE_BAND_RATIO, line, spacing)
      };
      analysis(indicators)
          .analyse(
              samples(sine(800, 1), 1_024, 8_192),
              1_024,
              8_192,
              SHAFT,
              (indicator, value) -> values.put(indicator.channel().name(), value));

      assertThat(values).hasSize(spacing < 28 ? 0 : 2);
      assertThat(values.values()).allSatisfy(value -> assertThat(value).isLessThan(1e-3));
    }
  }

  /** Lines at 400 and 800 Hz, bands 100 Hz apart: that at 600 Hz is the second of both. */
  @Test
  void aSideBandOfTwoHarmonicsCountsOnce() {
    WaveformIndicator bands =
        new WaveformIndicator(
            new Channel("bands", "g", 0, NONE, ""),
            Kind.SIDE_BANDS,
            0,
            NONE,
            new LineFrequency(400, 0),
            2,
            new LineFrequency(100, 0),
            2,
            0.01);

    assertThat(value(sine(600, 3), COUNT, SHAFT, bands))
        .isCloseTo(3, Percentage.withPercentage(0.2));
  }

  private static WaveformIndicator spaced(Kind kind, LineFrequency line, double spacing) {
    return new WaveformIndicator(
        new Channel(kind.name(), "g", 0, NONE, ""),
        kind,
        0,
        NONE,
        line,
        1,
        new LineFrequency(spacing, 0),
        3,
        0.01);
  }

  @Test
  void blocksOfOtherLengthsInBetweenChangeNothing() {
    WaveformIndicator[] indicators = {
      plain(Kind.RMS),
      band(Kind.BAND_SHARE, 100, 900),
      line(Kind.LINE, MESH, 2),
      indicator("envelope", Kind.ENVELOPE_LINE, 500, 2_000, BEARING.outerRace(), 2)
    };
    WaveformAnalysis analysis = analysis(indicators);
    Map<String, Double> first = new HashMap<>();
    Map<String, Double> again = new HashMap<>();
    double[] block = samples(sum(noise(1, 5), sine(800, 1)), 9_000, RATE);
    analysis.analyse(block, 9_000, RATE, SHAFT, (i, value) -> first.put(i.channel().name(), value));
    for (int count : new int[] {64, 65_536, 8_999, 10_000}) {
      analysis.analyse(
          samples(noise(9, 6), count, RATE),
          count,
          12_800,
          11,
          (i, value) -> assertThat(value).isFinite());
    }

    analysis.analyse(block, 9_000, RATE, SHAFT, (i, value) -> again.put(i.channel().name(), value));

    assertThat(first).hasSize(4).isEqualTo(again);
  }
}
