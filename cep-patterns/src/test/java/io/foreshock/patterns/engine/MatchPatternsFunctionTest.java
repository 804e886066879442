package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.at;
import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.Signal;
import io.foreshock.operators.detect.AssetScope;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.PatternSet;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
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
      assertThat(engine.leftInTheEnd()).isZero();
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
      assertThat(engine.leftInTheEnd()).isZero();
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
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void isInterruptedByWhatMustNotComeBetween() throws Exception {
    try (EngineHarness engine =
        new EngineHarness(TestPatterns.unrepaired(), EngineRules.DEFAULT).open()) {
      engine.give(
          symptom("rough", "08:00:00"), symptom("hot", "09:00:00"), symptom("repair", "10:00:00"));
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
      engine.give(Heartbeat.at(Assets.PUMP, at("20:00:00")));
      assertThat(engine.detections()).isEmpty();
    }
  }

  @Test
  void takesSilenceForNoEvidenceOfAbsence() throws Exception {
    try (EngineHarness engine =
        new EngineHarness(TestPatterns.unrepaired(), EngineRules.DEFAULT).open()) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "09:00:00"));
      long end = at("14:00:00") + Duration.ofHours(24).toMillis();
      engine.ingestTime(end - 1);
      assertThat(engine.entries()).isEqualTo(1);
      // The timer may be late by an eighth of the wait.
      engine.ingestTime(end + Duration.ofHours(30).toMillis() / 8);
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
      assertThat(engine.detections()).isEmpty();
    }
  }

  @Test
  void waitsForAnAssetThatUploadsOldSignals() throws Exception {
    long late = Duration.ofDays(3).toMillis();
    try (EngineHarness engine = wear()) {
      engine.ingestTime(at("08:00:00") + late);
      engine.giveAt(at("08:00:01") + late, symptom("rough", "08:00:00"));
      // Three days past the deadline on the ingest clock, but not on the asset's.
      engine.ingestTime(at("08:00:02") + late);
      assertThat(engine.entries()).isEqualTo(1);
      engine.giveAt(at("08:00:03") + late, symptom("hot", "09:00:00"));
      engine.giveAt(at("08:00:03") + late, symptom("stuck", "10:00:00"));
      assertThat(engine.detections()).hasSize(1);
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void findsOverlappingEpisodes() throws Exception {
    PatternSet every =
        TestPatterns.of(
            () ->
                List.of(
                    TestPatterns.compiled(
                        "pairs",
                        1,
                        Pattern.<Signal>begin(TestPatterns.stage("shaking"))
                            .where(TestPatterns.named("rough"))
                            .followedBy(TestPatterns.stage("heating"))
                            .where(TestPatterns.named("hot"))
                            .within(Duration.ofHours(6)),
                        TestPatterns.WEAR_NAMES)));
    try (EngineHarness engine = new EngineHarness(every, EngineRules.DEFAULT).open()) {
      engine.give(
          symptom("rough", "08:00:00"), symptom("rough", "09:00:00"), symptom("hot", "10:00:00"));
      assertThat(engine.detections())
          .extracting(d -> d.evidence().get(0).signals().get(0).eventTimeMillis())
          .containsExactly(at("08:00:00"), at("09:00:00"));
      assertThat(engine.entries()).isZero();
    }
  }

  @Test
  void marksADetectionWithABacklogSignal() throws Exception {
    try (EngineHarness engine = wear()) {
      Signal old =
          Signal.symptom(
              Assets.PUMP, true, "rough", "vibration_rms_mm_s", at("08:00:00"), 8, 7, 8, true);
      engine.give(old, symptom("hot", "09:00:00"), symptom("stuck", "10:00:00"));
      assertThat(engine.detections()).extracting(Detection::backlog).containsExactly(true);
    }
  }

  @Test
  void letsArrivalDecideAmongSignalsOfOneTimeAndBehindTheClock() throws Exception {
    try (EngineHarness engine = wear()) {
      engine.give(
          symptom("rough", "08:00:00"), symptom("hot", "08:00:00"), symptom("stuck", "07:59:00"));
      assertThat(engine.detections())
          .extracting(Detection::eventTimeMillis)
          .containsExactly(at("08:00:00"));
      engine.give(
          symptom("stuck", "09:00:00"), symptom("hot", "09:00:00"), symptom("rough", "09:00:00"));
      assertThat(engine.detections()).isEmpty();
    }
  }

  @Test
  void appliesToTheAssetsOfItsScopeOnly() throws Exception {
    PatternSet pumps =
        TestPatterns.of(
            () -> {
              CompiledPattern any =
                  TestPatterns.compiled("wear", 1, TestPatterns.wear(1), TestPatterns.WEAR_NAMES);
              return List.of(
                  new CompiledPattern(
                      any.name(),
                      any.version(),
                      new AssetScope(Set.of("acme"), Set.of("pump")),
                      any.pattern(),
                      any.relevance(),
                      any.maxOpenMatches(),
                      any.overflow(),
                      any.onChange(),
                      any.detection(),
                      any.symptomNames()));
            });
    try (EngineHarness engine = new EngineHarness(pumps, EngineRules.DEFAULT).open()) {
      for (AssetRef asset :
          List.of(Assets.PUMP, Assets.MOTOR, Assets.of(Assets.OTHER_TENANT, "pump-1", "pump"))) {
        engine.give(
            symptom(asset, "rough", at("08:00:00")),
            symptom(asset, "hot", at("09:00:00")),
            symptom(asset, "stuck", at("10:00:00")));
      }
      assertThat(engine.detections()).extracting(Detection::asset).containsExactly(Assets.PUMP);
    }
  }

  @Test
  void putsDisorderedSignalsInOrder() throws Exception {
    try (EngineHarness engine = disordered()) {
      engine.giveAt(at("08:00:00"), symptom("stuck", "08:00:02"));
      engine.giveAt(at("08:00:01"), symptom("rough", "08:00:00"));
      engine.giveAt(at("08:00:02"), symptom("hot", "08:00:01"));
      engine.ingestTime(at("08:00:09"));
      assertThat(engine.detections()).isEmpty();
      engine.ingestTime(at("08:00:30"));
      assertThat(engine.detections()).hasSize(1);
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void setsSignalsAsideThatComeTooLate() throws Exception {
    try (EngineHarness engine = disordered()) {
      engine.giveAt(at("08:00:00"), symptom("rough", "08:00:00"));
      engine.giveAt(at("08:01:00"), symptom("hot", "08:01:00"));
      engine.ingestTime(at("08:02:00"));
      Signal late = symptom("rough", "08:00:30");
      engine.giveAt(at("08:02:01"), late);
      engine.giveAt(at("08:02:02"), symptom("stuck", "08:02:02"));
      engine.ingestTime(at("08:03:00"));
      assertThat(engine.detections()).hasSize(1);
      assertThat(engine.flink().getSideOutput(MatchPatternsFunction.LATE_SIGNALS))
          .extracting(record -> record.getValue())
          .containsExactly(late);
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  private static EngineHarness disordered() throws Exception {
    return new EngineHarness(
            TestPatterns.wear(),
            new EngineRules(
                EngineRules.Clock.ASSET, Duration.ofSeconds(10), Duration.ofHours(24), 1024))
        .open();
  }
}
