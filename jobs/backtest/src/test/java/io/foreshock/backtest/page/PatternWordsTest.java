package io.foreshock.backtest.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.FaultCode;
import io.foreshock.model.Signal;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.language.PatternLanguage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternWordsTest {
  private static final String PATTERN =
      """
      pattern: wear
      version: 1
      symptoms:
        rough: {detector: threshold, channel: vibration_rms_mm_s, above: 4.5 mm/s, clearBelow: 4 mm/s, for: 10min}
        hot: {detector: drift, channel: bearing_temperature_c, baseline: 24h, above: 4 sigma}
      sequence:
        - {stage: shaking, when: 'symptom == "rough"'}
        - {stage: heating, when: 'symptom == "hot"'}
      within: 6h
      detection: {component: bearing, failureMode: wear, severity: critical, horizon: 48h}
      """;
  private static final AssetRef PUMP = new AssetRef("acme", "pump", "pump");
  private static final Detection DETECTION =
      new Detection(
          "1",
          PUMP,
          "wear",
          1,
          "bearing",
          "wear",
          Detection.Severity.CRITICAL,
          0,
          0,
          false,
          List.of());

  private final PatternWords words =
      new PatternWords(
          PatternLanguage.of(ChannelCatalogue.load()).parse("wear.yaml", PATTERN).orThrow(),
          ChannelCatalogue.load());

  @Test
  void setsAValueBesideTheLimitOfItsThreshold() {
    assertThat(words.of(DETECTION, symptom("rough", "vibration_rms_mm_s", 4.8, 4.5, 4.8)))
        .isEqualTo("4.80 mm/s > 4.50");
    assertThat(words.of(DETECTION, symptom("rough", "vibration_rms_mm_s", 4.2, 4.5, 4.8)))
        .isEqualTo("average 4.80 mm/s > 4.50");
  }

  @Test
  void saysHowFarAValueIsFromItsBaseline() {
    assertThat(words.of(DETECTION, symptom("hot", "bearing_temperature_c", 71.2, 4, 5.1)))
        .isEqualTo("71.2 °C (5.10 sigma, limit 4.00)");
  }

  @Test
  void saysWhatIsKnownOfASymptomOfAnotherPattern() {
    assertThat(words.of(DETECTION, symptom("odd", "no-such-channel", 3, Double.NaN, Double.NaN)))
        .isEqualTo("3.00");
    assertThat(words.of(DETECTION, symptom("odd", "", Double.NaN, Double.NaN, Double.NaN)))
        .isEmpty();
  }

  @Test
  void saysTheSeverityOfACode() {
    Signal code =
        Signal.faultCode(PUMP, new FaultCode("E1", 0, "", FaultCode.Severity.WARNING), false);

    assertThat(words.of(DETECTION, code)).isEqualTo("warning");
  }

  private static Signal symptom(
      String name, String channel, double value, double limit, double score) {
    return Signal.symptom(PUMP, true, name, channel, 0, value, limit, score, false);
  }
}
