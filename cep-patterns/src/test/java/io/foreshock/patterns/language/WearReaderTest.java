package io.foreshock.patterns.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.operators.detect.DetectorSpec.Growth;
import io.foreshock.operators.detect.DetectorSpec.Season;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WearReaderTest {
  private static final PatternLanguage LANGUAGE = PatternLanguage.of(ChannelCatalogue.load());

  @Test
  void readsASeason() {
    assertThat(
            detector(
                "{detector: seasonal, channel: temperature_c, season: weekly, parts: 84, zone:"
                    + " Europe/Berlin, baseline: 28d, below: 4 sigma, clear: 1 sigma, smooth: 1h,"
                    + " for: 2h, relearnOn: cooler}"))
        .isEqualTo(
            new DetectorSpec.Seasonal(
                "temperature_c",
                Season.WEEKLY,
                84,
                ZoneId.of("Europe/Berlin"),
                Duration.ofDays(28),
                Side.BELOW,
                4,
                1,
                Duration.ofHours(1),
                Duration.ofHours(2),
                "cooler"));
  }

  @Test
  void dividesADayIntoHoursAndAWeekIntoItsHoursInUtcUnlessTold() {
    for (String season : List.of("daily", "weekly")) {
      DetectorSpec.Seasonal spec =
          (DetectorSpec.Seasonal)
              detector(
                  "{detector: seasonal, channel: temperature_c, season: "
                      + season
                      + ", baseline: 28d, above: 4 sigma}");

      assertThat(spec.parts()).isEqualTo(season.equals("daily") ? 24 : 168);
      assertThat(spec.zone()).isEqualTo(ZoneId.of("UTC"));
      assertThat(spec.clearSigma()).isEqualTo(2);
    }
  }

  @Test
  void readsWhatStandsOut() {
    assertThat(
            detector(
                "{detector: stands-out, channel: bearing_1_vibration, peers: [bearing_2_vibration,"
                    + " bearing_3_vibration], baseline: 24h, above: 4 sigma, smooth: 30 min, for:"
                    + " 1h, relearnOn: bearing-1}"))
        .isEqualTo(
            new DetectorSpec.StandsOut(
                "bearing_1_vibration",
                List.of("bearing_2_vibration", "bearing_3_vibration"),
                Duration.ofHours(24),
                4,
                2,
                Duration.ofMinutes(30),
                Duration.ofHours(1),
                "bearing-1"));
  }

  @Test
  void readsADegradation() {
    assertThat(
            detector(
                "{detector: degradation, rising: [turbofan_t24_r, turbofan_t50_r], falling:"
                    + " turbofan_p30_psia, baseline: 30h, smooth: 3h, begins: 0.8 sigma, fails: 5.5"
                    + " sigma, failsSpread: 25 %, growth: 48 % per d, growthSpread: 0.5 % per h,"
                    + " scatter: 40 %, longest: 110h, remaining: 60h, for: 2h, relearnOn: core}"))
        .isEqualTo(
            new DetectorSpec.Degradation(
                List.of("turbofan_t24_r", "turbofan_t50_r"),
                List.of("turbofan_p30_psia"),
                Duration.ofHours(30),
                Duration.ofHours(3),
                new Growth(
                    0.8, 5.5, 0.25, 0.48 / 86_400 * 3_600, 0.005, 0.4, Duration.ofHours(110)),
                Duration.ofHours(60),
                Duration.ofHours(2),
                "core"));
  }

  @Test
  void saysEverythingThatIsWrongWithADegradation() {
    assertThat(
            problems(
                "{detector: degradation, rising: [turbofan_t24_r, turbofan_t24_r, turbofn_bpr],"
                    + " falling: [turbofan_t24_r], baseline: 30h, begins: 6 sigma, fails: 5 sigma,"
                    + " growth: 2 %, scatter: 0.4, longest: 80h, remaining: 60h, growth-spread: 1}"))
        .containsExactlyInAnyOrder(
            "symptoms.wears.rising names \"turbofan_t24_r\" a second time. Keep one.",
            "symptoms.wears.rising names an unknown channel \"turbofn_bpr\". Did you mean"
                + " \"turbofan_bpr\"?",
            "symptoms.wears.falling names \"turbofan_t24_r\" a second time. Keep one.",
            "symptoms.wears.begins must be below \"fails\": wear begins before the machine fails.",
            "symptoms.wears.growth must be a positive change per time, but is \"2 %\". Use e.g. \"2"
                + " % per d\".",
            "symptoms.wears.scatter must be a positive share, but is \"0.4\". Use e.g. \"20 %\".",
            "symptoms.wears.remaining must be at most two thirds of \"longest\" (80h), because the"
                + " symptom ends when 1.5 times that is forecast, but is 60h.",
            "Unknown key \"symptoms.wears.growth-spread\". Did you mean" + " \"growthSpread\"?");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(problems("{detector: degradation}"))
        .containsExactlyInAnyOrder(
            "symptoms.wears: \"rising\" is missing. List the channels that rise with wear, or that"
                + " fall (\"falling\").",
            "symptoms.wears: \"remaining\" is missing. Use e.g. \"remaining: 60h\".",
            "symptoms.wears: \"begins\" is missing. Use e.g. \"begins: 1 sigma\".",
            "symptoms.wears: \"fails\" is missing. Use e.g. \"fails: 6 sigma\".",
            "symptoms.wears: \"growth\" is missing. Say how fast the index grows once wear began,"
                + " e.g. \"2 % per h\".",
            "symptoms.wears: \"longest\" is missing. Use e.g. \"longest: 10d\".",
            "symptoms.wears: \"baseline\" is missing. Use e.g. \"baseline: 24h\".");
    assertThat(problems("{detector: stands-out, channel: bearing_1_vibration}"))
        .containsExactlyInAnyOrder(
            "symptoms.wears: \"peers\" is missing. List the channels to compare it with.",
            "symptoms.wears: \"above\" is missing. Use e.g. \"above: 4 sigma\".",
            "symptoms.wears: \"baseline\" is missing. Use e.g. \"baseline: 24h\".");
    assertThat(problems("{detector: seasonal, channel: temperature_c}"))
        .containsExactlyInAnyOrder(
            "symptoms.wears: \"season\" is missing. Use \"season: daily\" or \"season: weekly\".",
            "symptoms.wears: \"baseline\" is missing. Use e.g. \"baseline: 14d\".",
            "symptoms.wears: \"above\" is missing. Give the limit as \"above\" or \"below\".");
  }

  @Test
  void refusesASeasonThatCannotBeLearned() {
    assertThat(
            problems(
                "{detector: seasonal, channel: temperature_c, season: weekly, parts: 500, zone:"
                    + " Mars/Olympus, baseline: 7d, above: 4 sigma, below: 4 sigma, clear: 5"
                    + " sigma}"))
        .containsExactlyInAnyOrder(
            "symptoms.wears.parts must be a whole number from 1 to 336, but is \"500\".",
            "symptoms.wears.baseline must hold two seasons at least (14d), but is 7d.",
            "symptoms.wears.below and \"above\" exclude each other. Make two symptoms.",
            "symptoms.wears.zone must be a time zone, but is \"Mars/Olympus\". Use e.g."
                + " \"Europe/Berlin\" or \"UTC\".",
            "symptoms.wears.clear must be smaller than the limit of 4 sigma, but is 5 sigma.");
  }

  @Test
  void refusesMoreChannelsThanOneDetectorTakes() {
    String many =
        String.join(
            ", ", ChannelCatalogue.load().channels().keySet().stream().sorted().limit(17).toList());

    assertThat(
            problems(
                "{detector: stands-out, channel: bearing_1_vibration, baseline: 1d, above: 4 sigma,"
                    + " peers: ["
                    + many.replace("bearing_1_vibration", "volt")
                    + "]}"))
        .containsExactly(
            "symptoms.wears.peers makes 18 channels, but 16 are the most. Leave out those that say"
                + " least.");
  }

  private static DetectorSpec detector(String symptom) {
    return LANGUAGE
        .parse("wear.yaml", document(symptom))
        .orThrow()
        .get(0)
        .symptoms()
        .get(0)
        .detector();
  }

  private static List<String> problems(String symptom) {
    return LANGUAGE.parse("wear.yaml", document(symptom)).problems().stream()
        .map(Problem::toString)
        .map(text -> text.substring(text.indexOf(' ') + 1))
        .toList();
  }

  private static String document(String symptom) {
    return """
        pattern: wear
        version: 1
        symptoms:
          wears: %s
        sequence:
          - {stage: worn, when: 'symptom == "wears"'}
        within: 1h
        detection: {component: bearing, failureMode: wear, severity: warning}
        """
        .formatted(symptom);
  }
}
