package io.foreshock.operators.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "30s, 30000",
    "10 min, 600000",
    "6h, 21600000",
    "2d, 172800000",
    "1h 30min, 5400000",
    "1.5h, 5400000",
    "500ms, 500",
    "0s, 0"
  })
  void readsDurations(String text, long millis) {
    assertThat(Quantities.duration(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"30", "h", "-1h", "1 week", "1h later", "1 h x", "99999999999999d", "PT1H"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(Quantities.duration(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "7.1 mm/s, 7.1, mm/s",
    "-40, -40, ''",
    "1e3 ppm, 1000, ppm",
    "10%, 10, %",
    "5 °C per min, 5, °C per min"
  })
  void readsNumbersWithUnits(String text, double value, String unit) {
    assertThat(Quantities.number(text)).isEqualTo(new Quantities.Number(value, unit));
  }

  @ParameterizedTest
  @CsvSource({"seven", "''", "NaN", "1e999", "- 5", "0x10y, 1"})
  void refusesWhatIsNoNumber(String text) {
    Quantities.Number number = Quantities.number(text);
    assertThat(number == null || !number.unit().isEmpty()).isTrue();
  }

  @Test
  void suggestsTheNearestNameOnlyWhenItIsNear() {
    List<String> known = List.of("threshold", "drift", "skip-past-last-event");

    assertThat(Suggestions.forName("treshold", known)).isEqualTo("Did you mean \"threshold\"?");
    assertThat(Suggestions.forName("dirft", known)).isEqualTo("Did you mean \"drift\"?");
    assertThat(Suggestions.forName("skip-past", known))
        .isEqualTo("Did you mean \"skip-past-last-event\"?");
    assertThat(Suggestions.forName("spectrum", known))
        .isEqualTo("Known: threshold, drift, skip-past-last-event.");
  }
}
