package io.foreshock.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.DetectionCodec;
import io.foreshock.codec.DetectionIds;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RemainingLifeTest {
  private static final RemainingLife LIFE = new RemainingLife(41.2, 26, 63.1);

  @Test
  void travelsAsTextInWhateverLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(LIFE.text()).isEqualTo("remaining 41.2 h (26.0 to 63.1)");
      assertThat(RemainingLife.of(symptom(LIFE.text()))).isEqualTo(LIFE);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void isNothingThatOtherSignalsSay() {
    assertThat(RemainingLife.of(symptom(""))).isNull();
    assertThat(RemainingLife.of(symptom("replaced"))).isNull();
    assertThat(RemainingLife.of(symptom("remaining stock"))).isNull();
  }

  @Test
  void standsInTheEvidenceOfADetectionOnTheWire() throws Exception {
    List<StageEvidence> evidence =
        List.of(new StageEvidence("worn", List.of(symptom(LIFE.text()), symptom(""))));
    Detection detection =
        new Detection(
            DetectionIds.of(Assets.PUMP, "wear", 1, evidence),
            Assets.PUMP,
            "wear",
            1,
            "bearing",
            "wear",
            Detection.Severity.WARNING,
            Readings.time("08:00:10"),
            0,
            false,
            evidence);

    assertThat(DetectionCodec.decode(DetectionCodec.encode(detection))).isEqualTo(detection);
  }

  private static Signal symptom(String detail) {
    return Signal.symptom(
        Assets.PUMP,
        true,
        "degradation-1",
        "vibration_rms_mm_s",
        Readings.time("08:00:10"),
        7.5,
        60,
        41.2,
        detail,
        false);
  }
}
