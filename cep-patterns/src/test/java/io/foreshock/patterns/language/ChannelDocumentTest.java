package io.foreshock.patterns.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.Channel;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelDocumentTest {

  @Test
  void readsUnitRangeAndDescription() {
    assertThat(ChannelCatalogue.load().find("bearing_temperature_c"))
        .isEqualTo(
            new Channel("bearing_temperature_c", "°C", -40, 250, "Bearing housing or outer race"));
  }

  @Test
  void everyChannelOfTheCatalogueSaysWhatItIsAndInWhichRange() {
    assertThat(ChannelCatalogue.load().channels().values())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            channel -> {
              assertThat(channel.description()).isNotBlank();
              assertThat(channel.minimum()).isLessThan(channel.maximum());
              assertThat(channel.maximum()).isFinite();
            });
  }

  @Test
  void aChannelNeedsNothingButItsName() {
    Map<String, Channel> channels =
        ChannelDocument.parse("c.yaml", "channels:\n  speed_rpm: {unit: rpm}\n").channels();

    assertThat(channels.get("speed_rpm").inRange(1e9)).isTrue();
  }

  @Test
  void tellsAllProblemsAtOnce() {
    String text =
        """
        channels:
          Speed: {unit: rpm}
          flow_m3_h: {unit: m³/h, range: [5, 1]}
          level_percent: {uint: "%", range: [low, 1]}
        chanels: {}
        """;

    assertThatThrownBy(() -> ChannelDocument.parse("c.yaml", text))
        .isInstanceOf(InvalidPatternException.class)
        .hasMessage(
            """
            c.yaml:2: channels.Speed must be in snake case with its unit at the end, e.g. oil_pressure_bar.
            c.yaml:3: channels.flow_m3_h.range must hold two numbers, the smaller one first.
            c.yaml:4: channels.level_percent.range must hold two numbers, but holds "low".
            c.yaml:4: Unknown key "channels.level_percent.uint". Did you mean "unit"?
            c.yaml:5: Unknown key "chanels". Did you mean "channels"?""");
  }
}
