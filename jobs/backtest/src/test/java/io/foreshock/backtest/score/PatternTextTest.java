package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.backtest.score.PatternText.Place;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternTextTest {
  private static final PatternText TEXT =
      new PatternText(
          "two.yaml",
          """
          # First pattern.
          pattern: one # its name
          symptoms:
            hot: {detector: threshold, above: 7.1 mm/s, for: "30 min"}
            cold:
              detector: threshold
              below: -3
          sequence:
            - {stage: shaking, when: 'symptom == "hot"', times: 2}
            - stage: later
              when: 'symptom == "cold"'
              times: {min: 1, max: 3}
          within: 6h
          ---
          pattern: two
          within: 1d
          """);

  @Test
  void findsEachValueAndReplacesNothingElse() {
    Map<String, Place> one = TEXT.places().get("one");

    assertThat(one.get("symptoms.hot.above").value()).isEqualTo("7.1 mm/s");
    assertThat(TEXT.with(one.get("symptoms.hot.above"), "8 mm/s").text())
        .isEqualTo(TEXT.text().replace("7.1 mm/s", "8 mm/s"));
    assertThat(TEXT.with(one.get("symptoms.cold.below"), "-4").text())
        .isEqualTo(TEXT.text().replace("below: -3", "below: -4"));
    assertThat(TEXT.with(one.get("symptoms.hot.for"), "1h").text())
        .isEqualTo(TEXT.text().replace("\"30 min\"", "1h"));
    assertThat(TEXT.with(one.get("sequence[1].times"), "5").text())
        .isEqualTo(TEXT.text().replace("times: 2", "times: 5"));
    assertThat(TEXT.with(one.get("sequence.later.times.max"), "9").text())
        .isEqualTo(TEXT.text().replace("max: 3", "max: 9"));
    assertThat(TEXT.with(TEXT.places().get("two").get("within"), "2d").text())
        .isEqualTo(TEXT.text().replace("1d", "2d"));
  }

  @Test
  void findsEachValueOfTheCatalogue() {
    for (String set : PatternCatalogue.referenceSets()) {
      String yaml = PatternCatalogue.referenceText(set);
      PatternText text = new PatternText(set, yaml);
      text.places()
          .forEach(
              (pattern, places) ->
                  places.forEach(
                      (path, place) ->
                          assertThat(yaml.substring(place.from(), place.to()).strip())
                              .as(pattern + "/" + path)
                              .contains(place.value().lines().findFirst().orElse(""))));
    }
  }
}
