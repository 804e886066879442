package io.foreshock.patterns.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.LineFrequency;
import io.foreshock.model.ShaftSpeed;
import io.foreshock.model.WaveformChannel;
import io.foreshock.model.WaveformIndicator;
import io.foreshock.model.WaveformIndicator.Kind;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaveformReaderTest {

  private static WaveformIndicator indicator(WaveformChannel waveform, String name) {
    return waveform.indicators().stream()
        .filter(i -> i.channel().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsTheBearingOfTheCatalogue() {
    WaveformChannel waveform =
        ChannelCatalogue.load().findWaveform("bearing_6205_acceleration_wave_g");

    assertThat(waveform.channel().unit()).isEqualTo("g");
    assertThat(waveform.speed()).isEqualTo(new ShaftSpeed("shaft_speed_rpm", 1_480));
    WaveformIndicator race = indicator(waveform, "bearing_outer_race_g");
    assertThat(race.kind()).isEqualTo(Kind.ENVELOPE_LINE);
    assertThat(race.fromHz()).isEqualTo(2_500);
    assertThat(race.toHz()).isEqualTo(10_000);
    assertThat(race.line().order()).isCloseTo(3.585, within(1e-3));
    assertThat(race.tolerance()).isEqualTo(0.02);
    assertThat(indicator(waveform, "shaft_line_g").line()).isEqualTo(new LineFrequency(0, 1));
  }

  @Test
  void whatAWaveformBecomesIsAChannelThatPatternsMayName() {
    ChannelRegistry channels = ChannelCatalogue.load();

    assertThat(channels.find("bearing_outer_race_g").unit()).isEqualTo("g");
    assertThat(channels.find("vibration_crest_factor").maximum()).isEqualTo(256);
    // Declared among the channels, so that it has that range.
    assertThat(channels.find("vibration_kurtosis").maximum()).isEqualTo(500);
    assertThat(channels.find("bearing_acceleration_wave_g")).isNull();
  }

  @Test
  void readsGearsSideBandsAndFrequencies() {
    WaveformChannel waveform =
        ChannelDocument.parse(
                "w.yaml",
                """
                waveforms:
                  gear_wave_g:
                    unit: g
                    speed: 1785 rpm
                    gear: {teeth: 32, otherTeeth: 80}
                    indicators:
                      mesh_g: {of: line, at: gear-mesh, harmonics: 3}
                      side: {of: side-band-ratio, at: gear-mesh, spacing: other-shaft, sideBands: 2}
                      hum_g: {of: line, at: 100 Hz, tolerance: 0 %}
                      half_g: {of: line, at: 0.5 x}
                """)
            .findWaveform("gear_wave_g");

    assertThat(indicator(waveform, "mesh_g").line()).isEqualTo(new LineFrequency(0, 32));
    assertThat(indicator(waveform, "mesh_g").harmonics()).isEqualTo(3);
    assertThat(indicator(waveform, "side").spacing()).isEqualTo(new LineFrequency(0, 0.4));
    assertThat(indicator(waveform, "side").sideBands()).isEqualTo(2);
    assertThat(indicator(waveform, "side").channel().unit()).isEmpty();
    assertThat(indicator(waveform, "hum_g").followsShaft()).isFalse();
    assertThat(indicator(waveform, "hum_g").tolerance()).isZero();
    assertThat(indicator(waveform, "half_g").line()).isEqualTo(new LineFrequency(0, 0.5));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    String text =
        """
        waveforms:
          a_wave_g:
            unit: g
            bearing: {rollers: 2, rollerDiameter: 9 mm, pitchDiameter: 8 mm}
            indicators:
              a_1: {of: rmss}
              a_2: {of: envelope-line, at: bpfo, from: 2 kHz}
              a_3: {of: rms, from: 3 kHz, to: 2 kHz}
              a_4: {of: line, at: 2 x, sideBands: 3}
              a_5: {of: kurtosis, from: 1 kHz}
              A_6: {of: side-bands, at: 100 Hz}
          b_wave_mm_s:
            unit: mm/s
            speed: fast
            indicators:
              b_1: {of: velocity-rms, from: 10 Hz, to: 1 kHz}
          c_wave_g: {unit: g}
        """;

    assertThatThrownBy(() -> ChannelDocument.parse("w.yaml", text))
        .isInstanceOf(InvalidPatternException.class)
        .hasMessage(
            """
            w.yaml:4: waveforms.a_wave_g.bearing.rollers must be a whole number from 3 to 200, but is "2".
            w.yaml:6: waveforms.a_wave_g.indicators.a_1.of must be one of rms, peak, crest-factor, kurtosis, band-share, velocity-rms, line, side-bands, side-band-ratio, envelope-rms, envelope-line, modulation, but is "rmss". Did you mean "rms"?
            w.yaml:7: waveforms.a_wave_g.indicators.a_2: "to" is missing. Name the band, e.g. "from: 2 kHz, to: 8 kHz".
            w.yaml:7: waveforms.a_wave_g.indicators.a_2.at must be one of shaft, a multiple of the shaft's frequency ("2 x") or a frequency ("100 Hz"), but is "bpfo". Add the dimensions of the "bearing".
            w.yaml:8: waveforms.a_wave_g.indicators.a_3.from must be less than "to".
            w.yaml:9: Unknown key "waveforms.a_wave_g.indicators.a_4.sideBands". Known: of, at, harmonics, tolerance, description.
            w.yaml:9: waveforms.a_wave_g.indicators.a_4 follows the shaft, whose speed is not known. Add e.g. "speed: 1480 rpm".
            w.yaml:10: Unknown key "waveforms.a_wave_g.indicators.a_5.from". Known: of, description.
            w.yaml:11: waveforms.a_wave_g.indicators.A_6 must be in snake case with its unit at the end, at most 64 long.
            w.yaml:11: waveforms.a_wave_g.indicators.A_6: "spacing" is missing. Say how far apart they lie, e.g. "spacing: shaft".
            w.yaml:14: waveforms.b_wave_mm_s.speed must be a number in rpm above 0 and below 1000000, but is "fast". Use e.g. "1480 rpm".
            w.yaml:16: waveforms.b_wave_mm_s.indicators.b_1.of is a velocity, which is integrated from an acceleration in g, but b_wave_mm_s is in "mm/s".
            w.yaml:17: waveforms.c_wave_g: "indicators" is missing. Say what is computed of a block, e.g. {of: rms}.""");
  }

  @Test
  void refusesOneNameForTwoThings() {
    assertThatThrownBy(
            () ->
                ChannelDocument.parse(
                    "w.yaml",
                    """
                    channels:
                      rms_g: {unit: m/s²}
                      wave_g: {unit: g}
                      speed_hz: {unit: Hz}
                    waveforms:
                      wave_g:
                        unit: g
                        speed: {channel: speed_hz}
                        indicators: {rms_g: {of: rms}}
                    """))
        .hasMessageContaining(
            "Waveform \"wave_g\" computes channel \"rms_g\" in \"g\", but that channel is in \"m/s²\". Give the"
                + " indicator another name.")
        .hasMessageContaining("which is in \"Hz\", not in rpm.")
        .hasMessageContaining("\"wave_g\" is both a channel and a waveform. Rename one of them.");
  }

  @Test
  void aFileAddsWaveformsToTheCatalogue(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("w.yaml"),
            """
            waveforms:
              wave_g:
                unit: g
                speed: {channel: shaft_sped_rpm, otherwise: 900 rpm}
                indicators: {wave_rms_g: {of: rms}}
            """);
    List<String> problems = new ArrayList<>();

    ChannelRegistry channels =
        ChannelCatalogue.load(List.of(ChannelCatalogue.NAME, file.toString()), problems);

    assertThat(channels.waveforms()).containsKeys("wave_g", "bearing_acceleration_wave_g");
    assertThat(channels.find("wave_rms_g")).isNotNull();
    assertThat(channels.find("bearing_temperature_c")).isNotNull();
    assertThat(problems)
        .containsExactly(
            "Waveform \"wave_g\" takes the shaft's speed from channel \"shaft_sped_rpm\", which is not known. Did you"
                + " mean \"shaft_speed_rpm\"?");
  }
}
