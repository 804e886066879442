package io.foreshock.chaos.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void findsNothingWhenEveryDeviceHasItsRecordsInOrderThoughDevicesAreMixed() {
    Lines found = new Lines();
    found.add("a", "a1");
    found.add("b", "b1");
    found.add("a", "a2");

    Comparison comparison = Comparison.of("clean", lines("a", "a1", "a2", "b", "b1"), found);

    assertThat(comparison.isRight()).isTrue();
    assertThat(comparison.expected()).isEqualTo(3);
    assertThat(comparison.found()).isEqualTo(3);
  }

  @Test
  void namesWhatIsLostRepeatedOutOfOrderAndUnexplained() {
    Lines found = new Lines();
    for (String line : List.of("a1", "a3", "a2", "a3", "x")) {
      found.add("a", line);
    }

    Comparison comparison = Comparison.of("clean", lines("a", "a1", "a2", "a3", "a4"), found);

    assertThat(comparison.isRight()).isFalse();
    assertThat(comparison.lost()).isEqualTo(1);
    assertThat(comparison.duplicated()).isEqualTo(1);
    assertThat(comparison.reordered()).isEqualTo(1);
    assertThat(comparison.unexpected()).isEqualTo(1);
    assertThat(comparison.examples())
        .containsExactly(
            "reordered: a a2, after a3", "duplicated: a a3", "unexpected: a x", "lost: a a4");
  }

  @Test
  void findsTheDeviceThatShouldHaveSaidNothing() {
    Lines found = new Lines();
    found.add("ghost", "x");

    assertThat(Comparison.of("clean", new Lines(), found).unexpected()).isEqualTo(1);
  }

  @Test
  void letsARecordWithoutAPromisedPlaceComeAnywhereButOnce() {
    Lines expected = new Lines();
    expected.addAnywhere("a", "late");
    expected.add("a", "a1");
    Lines found = new Lines();
    found.add("a", "a1");
    found.add("a", "late");
    found.add("a", "late");

    Comparison comparison = Comparison.of("clean", expected, found);

    assertThat(comparison.reordered()).isZero();
    assertThat(comparison.duplicated()).isEqualTo(1);
  }

  @Test
  void givesAFewExamplesOfThousands() {
    Lines expected = new Lines();
    for (int i = 0; i < 5_000; i++) {
      expected.add("a", "a" + i);
    }

    Comparison comparison = Comparison.of("clean", expected, new Lines());

    assertThat(comparison.lost()).isEqualTo(5_000);
    assertThat(comparison.examples()).hasSize(5);
  }

  private static Lines lines(String... deviceOrLine) {
    Lines lines = new Lines();
    String device = "";
    for (String word : deviceOrLine) {
      if (word.length() == 1) {
        device = word;
      } else {
        lines.add(device, word);
      }
    }
    return lines;
  }
}
