package io.foreshock.patterns.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.operators.detect.DetectorSpec.Statistic;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Detectors of several channels in a document. */
class VectorSymptomsTest {
  private static final PatternLanguage LANGUAGE = PatternLanguage.of(ChannelCatalogue.load());
  private static final String TWO = "channels: [bearing_temperature_c, motor_current_a]";

  private static String document(String symptom) {
    return """
        pattern: together
        version: 1
        symptoms:
          ill: {%s}
        sequence:
          - {stage: ill, when: 'symptom == "ill"'}
        within: 1h
        detection: {component: pump, failureMode: unwell, severity: warning}
        """
        .formatted(symptom);
  }

  private static DetectorSpec read(String symptom) {
    List<PatternDefinition> definitions =
        LANGUAGE.parse("together.yaml", document(symptom)).orThrow();
    return definitions.get(0).symptoms().get(0).detector();
  }

  private static List<String> problems(String symptom) {
    return LANGUAGE.parse("together.yaml", document(symptom)).problems().stream()
        .map(problem -> problem.toString().substring("together.yaml:".length()))
        .toList();
  }

  @Test
  void readsEveryFieldOfAMultivariateDetector() {
    assertThat(
            read(
                "detector: multivariate, "
                    + TWO
                    + ", baseline: 2h, statistic: t2, above: 40, clear: 10, smooth: 1 min,"
                    + " follow: 1h, for: 5s, clearAfter: 30s, gap: 10s, relearnOn: pump"))
        .isEqualTo(
            new DetectorSpec.Multivariate(
                List.of("bearing_temperature_c", "motor_current_a"),
                Duration.ofHours(2),
                Statistic.T2,
                40,
                Double.NaN,
                0.25,
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                "pump"));
  }

  @Test
  void distanceIsInSigmaAndARateInPercent() {
    assertThat(read("detector: multivariate, " + TWO + ", baseline: 2h, above: 6 sigma"))
        .isEqualTo(multivariate(Statistic.MAHALANOBIS, 6, Double.NaN));
    assertThat(
            read(
                "detector: multivariate, "
                    + TWO
                    + ", baseline: 2h, statistic: q, falseAlarmRate: 0.5 %"))
        .isEqualTo(multivariate(Statistic.Q, Double.NaN, 0.005));
  }

  private static DetectorSpec multivariate(Statistic statistic, double limit, double rate) {
    return new DetectorSpec.Multivariate(
        List.of("bearing_temperature_c", "motor_current_a"),
        Duration.ofHours(2),
        statistic,
        limit,
        rate,
        0.6,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        "");
  }

  @Test
  void readsEveryFieldOfAChangePointDetector() {
    assertThat(
            read(
                "detector: change-point, "
                    + TWO
                    + ", baseline: 2h, above: 5 sigma, smooth: 1 min, over: 10 min, settle: 5 min,"
                    + " gap: 10s, relearnOn: pump"))
        .isEqualTo(
            new DetectorSpec.ChangePoint(
                List.of("bearing_temperature_c", "motor_current_a"),
                Duration.ofHours(2),
                5,
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                "pump"));
  }

  @Test
  void saysWhatIsWrongAndTheWayOut() {
    assertThat(problems("detector: multivariate, baseline: 2h, above: 6 sigma"))
        .containsExactly(
            "4: symptoms.ill: \"channels\" is missing. List the channels to watch together.");
    assertThat(
            problems(
                "detector: multivariate, channels: [motor_curent_a, motor_power_kw,"
                    + " motor_power_kw], baseline: 2h, above: 6 sigma"))
        .containsExactly(
            "4: symptoms.ill.channels names an unknown channel \"motor_curent_a\". Did you mean"
                + " \"motor_current_a\"?",
            "4: symptoms.ill.channels names \"motor_power_kw\" twice. Keep one.");
    assertThat(problems("detector: multivariate, " + TWO + ", baseline: 2h"))
        .containsExactly(
            "4: symptoms.ill.statistic needs either \"above: 6 sigma\" or \"falseAlarmRate: 0.1"
                + " %\", and not both.");
    assertThat(
            problems(
                "detector: multivariate, " + TWO + ", baseline: 2h, statistic: t2, above: 6 sigma"))
        .containsExactly(
            "4: symptoms.ill.above must be a positive number without unit, for t2 is a sum of"
                + " squares, but is \"6 sigma\". Use e.g. \"40\".");
    assertThat(
            problems(
                "detector: multivariate, "
                    + TWO
                    + ", baseline: 2h, above: 6 sigma, clear: 7 sigma, smooth: 1h, follow: 1h"))
        .containsExactly(
            "4: symptoms.ill.clear must not be larger than \"above\".",
            "4: symptoms.ill.follow must be longer than \"smooth\" (1h): a location as quick as"
                + " the average hides every change.");
    assertThat(problems("detector: multivariate, " + TWO + ", baseline: 2h, falseAlarmRate: 70 %"))
        .containsExactly(
            "4: symptoms.ill.falseAlarmRate must be above 0 % and below 50 %, but is \"70 %\"."
                + " Use e.g. \"0.1 %\".");
    assertThat(
            problems(
                "detector: change-point, "
                    + TWO
                    + ", baseline: 2h, above: 5 sigma, smooth: 10s, over: 5s, settle: 5s, for: 1s"))
        .containsExactly(
            "4: symptoms.ill.over must be longer than \"smooth\" (10s): it says how far back the"
                + " level before a change is known from.",
            "4: Unknown key \"symptoms.ill.for\". Did you mean \"over\"?");
  }
}
