package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepRequestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3..6            | 3 3.5 4 4.5 5 5.5 6",
        "3..6:1          | 3 4 5 6",
        "0..1:0.25       | 0 0.25 0.5 0.75 1",
        "-2..2:2         | -2 0 2",
        "170..190        | 170 172 174 176 178 180 182 184 186 188 190",
        "6h..48h:14h     | 6h 20h 34h 48h",
        "6..12h:6        | 6h 12h",
        "3,4.50,5        | 3 4.50 5",
        "drop-oldest,drop-newest | drop-oldest drop-newest",
        "4..4            | 4",
      })
  void understandsRangesStepsListsAndUnits(String values, String expected) {
    assertThat(SweepRequest.parse("symptoms.hot.above=" + values).values())
        .containsExactly(expected.split(" "));
  }

  @Test
  void keepsAUnitOfMeasureApart() {
    assertThat(SweepRequest.parse("a.b=7..8 mm/s:0.5").values())
        .containsExactly("7 mm/s", "7.5 mm/s", "8 mm/s");
  }

  @Test
  void tellsPatternAndPathApart() {
    SweepRequest request = SweepRequest.parse("bearing-wear/sequence[2].times=1,2");
    assertThat(request.pattern()).isEqualTo("bearing-wear");
    assertThat(request.path()).isEqualTo("sequence[2].times");
    assertThat(SweepRequest.parse("within=1h").pattern()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "symptoms.hot.above      | has another form",
        "a=6..3                  | runs from the larger value to the smaller",
        "a=3..6:0                | has a step that is not above zero",
        "a=3..x                  | is no range of numbers",
        "a=3h..6min              | mixes the units h and min",
        "a=1..1000:1             | asks for more than 100 values",
        "a=1,,2                  | holds an empty value",
      })
  void saysWhatIsWrongAndHowItIsWritten(String text, String rule) {
    assertThatThrownBy(() -> SweepRequest.parse(text))
        .hasMessageStartingWith("--sweep \"" + text + "\" " + rule)
        .hasMessageEndingWith("when there are several patterns.");
  }
}
