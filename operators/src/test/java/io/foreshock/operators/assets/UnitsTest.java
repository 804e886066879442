package io.foreshock.operators.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "212, °F, °C, 100",
    "-40, °F, °C, -40",
    "273.15, K, °C, 0",
    "100, °C, °F, 212",
    "491.67, °R, °C, 0",
    "14.503773773, psi, bar, 1",
    "101.325, kPa, bar, 1.01325",
    "1, in/s, mm/s, 25.4",
    "3.6, km/h, m/s, 1",
    "60, mph, km/h, 96.56064",
    "9.80665, m/s², g, 1",
    "1, gpm, l/min, 3.785411784",
    "1500, W, kW, 1.5",
    "1, hp, W, 745.69987158",
    "50, 1/s, rpm, 3000",
    "10000, ppm, %, 1",
    "0.5, '', %, 50",
    "1, mil, µm, 25.4"
  })
  void convertsAsTheTablesSay(double value, String from, String to, double expected) {
    assertThat(Units.conversion(from, to).apply(value))
        .isCloseTo(expected, within(Math.abs(expected) * 1e-9 + 1e-9));
  }

  @Test
  void leavesAValueOfTheSameUnitAlone() {
    assertThat(Units.conversion("furlong", "furlong")).isEqualTo(Units.Conversion.NONE);
  }

  @Test
  void convertsThereAndBackBetweenAllUnitsOfAQuantity() {
    for (String from : Units.names()) {
      for (String to : Units.names()) {
        Units.Conversion there;
        try {
          there = Units.conversion(from, to);
        } catch (IllegalArgumentException differentQuantities) {
          continue;
        }
        double back = Units.conversion(to, from).apply(there.apply(123.456));
        assertThat(back).as(from + " to " + to).isCloseTo(123.456, within(1e-6));
      }
    }
  }

  @Test
  void refusesWhatCannotBeConverted() {
    assertThatThrownBy(() -> Units.conversion("psi", "°C"))
        .hasMessage("unit \"psi\" measures pressure, but \"°C\" measures temperature");
    assertThatThrownBy(() -> Units.conversion("furlong", "°C"))
        .hasMessageStartingWith("unit \"furlong\" is not known; known are ");
  }
}
