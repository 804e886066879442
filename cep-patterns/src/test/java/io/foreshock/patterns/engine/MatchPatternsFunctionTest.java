package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.at;
import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import io.foreshock.samples.Assets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchPatternsFunctionTest {

  private static EngineHarness wear() throws Exception {
    return new EngineHarness(TestPatterns.wear(), EngineRules.DEFAULT).open();
  }

  @Test
  void findsThePrecursorAndKeepsNothing() throws Exception {
    try (EngineHarness engine = wear()) {
      engine.give(
          symptom("rough", "08:00:00"), symptom("hot", "09:00:00"), symptom("stuck", "10:00:00"));

      List<Detection> detections = engine.detections();
      assertThat(detections).hasSize(1);
      Detection detection = detections.get(0);
      assertThat(detection.asset()).isEqualTo(Assets.PUMP);
      assertThat(detection.pattern()).isEqualTo("bearing-wear");
      assertThat(detection.patternVersion()).isEqualTo(1);
      assertThat(detection.component()).isEqualTo("bearing");
      assertThat(detection.failureMode()).isEqualTo("wear");
      assertThat(detection.severity()).isEqualTo(Detection.Severity.CRITICAL);
      assertThat(detection.eventTimeMillis()).isEqualTo(at("10:00:00"));
      assertThat(detection.horizonMillis()).isEqualTo(48L * 3_600_000);
      assertThat(detection.backlog()).isFalse();
      assertThat(detection.id()).matches("[0-9a-f]{32}");
      assertThat(detection.evidence())
          .extracting(Detection.StageEvidence::stage)
          .containsExactly("shaking", "heating", "seized");
      assertThat(detection.evidence().get(0).signals())
          .extracting(signal -> signal.name())
          .containsExactly("rough-running");
      assertThat(detection.evidence().get(1).signals()).containsExactly(symptom("hot", "09:00:00"));
      assertThat(engine.entries()).isZero();
      assertThat(engine.timers()).isZero();
    }
  }

  @Test
  void staysSilentOnANearMiss() throws Exception {
    try (EngineHarness engine = wear()) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "09:00:00"));
      assertThat(engine.detections()).isEmpty();
      assertThat(engine.entries()).isEqualTo(1);
      assertThat(engine.timers()).isEqualTo(1);
    }
  }

  @Test
  void runsOutOfTimeExactlyAtTheDeadline() throws Exception {
    try (EngineHarness engine = wear()) {
      engine.give(
          symptom("rough", "08:00:00"), symptom("hot", "09:00:00"), symptom("stuck", "14:00:00"));
      assertThat(engine.detections()).isEmpty();
      assertThat(engine.entries()).isZero();
      engine.give(
          symptom("rough", "15:00:00"),
          symptom("hot", "16:00:00"),
          symptom("stuck", "20:59:59.999"));
      assertThat(engine.detections()).hasSize(1);
      assertThat(engine.entries()).isZero();
      assertThat(engine.timers()).isZero();
    }
  }

  @Test
  void completesAnAbsenceOnTheAssetsOwnClockOnly() throws Exception {
    try (EngineHarness engine =
        new EngineHarness(TestPatterns.unrepaired(), EngineRules.DEFAULT).open()) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "09:00:00"));
      engine.give(symptom("unrelated", "13:59:59.999"));
      assertThat(engine.detections()).isEmpty();
      engine.give(Heartbeat.at(Assets.PUMP, at("14:00:00")));
      List<Detection> detections = engine.detections();
      assertThat(detections).hasSize(1);
      assertThat(detections.get(0).eventTimeMillis()).isEqualTo(at("14:00:00"));
      assertThat(detections.get(0).evidence())
          .extracting(Detection.StageEvidence::stage)
          .containsExactly("shaking", "heating");
      assertThat(engine.entries()).isZero();
      assertThat(engine.timers()).isZero();
    }
  }
}
