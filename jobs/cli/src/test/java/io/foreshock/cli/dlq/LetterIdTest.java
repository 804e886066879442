package io.foreshock.cli.dlq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.cli.CliFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterIdTest {

  @Test
  void numberOfAnMqttMessageMayHaveAllItsBits() {
    String place = "mqtt:plants/acme/hall-1/t-2/telemetry/0/" + Long.MAX_VALUE + "/-1";
    LetterId id = LetterId.parse(place);
    assertThat(id)
        .isEqualTo(new LetterId("mqtt:plants/acme/hall-1/t-2/telemetry", 0, Long.MAX_VALUE, -1))
        .hasToString(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.telemetry.raw/0/9223372036854775808/-1",
        "a.telemetry.raw/0/99999999999999999999/-1",
        "a.telemetry.raw/0/7",
        "a.telemetry.raw/0/7/-2",
        "a.telemetry.raw/0/-7/0"
      })
  void whatIsNoPlaceIsRefusedInASentence(String text) {
    assertThatThrownBy(() -> LetterId.parse(text))
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("\"" + text + "\" is no place of a dead letter.");
  }
}
