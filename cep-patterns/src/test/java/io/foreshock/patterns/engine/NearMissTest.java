package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.at;
import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.NearMiss;
import io.foreshock.model.NearMiss.Reason;
import io.foreshock.model.PatternTrace;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.PatternSet;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** Matches that begin and do not complete, for each reason. */
class NearMissTest {
  private static final String WEAR = "pattern.bearing-wear.version.1.";

  private static EngineHarness open(PatternSet patterns, PatternTrace... traces) throws Exception {
    return harness(patterns, traces).open();
  }

  private static EngineHarness harness(PatternSet patterns, PatternTrace... traces)
      throws Exception {
    NearMissRules rules = new NearMissRules(true, List.of(traces), 3);
    EngineHarness engine =
        new EngineHarness(patterns, EngineRules.DEFAULT, rules, new HashMapStateBackend(), 1, 0);
    engine.flink().setProcessingTime(1);
    return engine;
  }

  private static PatternTrace trace(String pattern, String tenant, String... assets) {
    return new PatternTrace(tenant, pattern, List.of(assets), 0, "");
  }

  /** {@code stage=value} for each stage that took something. */
  private static String evidence(NearMiss miss) {
    StringBuilder text = new StringBuilder();
    for (StageEvidence stage : miss.evidence()) {
      text.append(stage.stage()).append(stage.signals().size()).append(' ');
    }
    return text.toString().trim();
  }

  @Test
  void timedOutSaysHowFarItCameAndWhatWasMissing() throws Exception {
    try (EngineHarness engine = open(TestPatterns.wear(), trace("bearing-wear", ""))) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "09:00:00"));
      engine.give(symptom("stuck", "15:00:00"));
      assertThat(engine.detections()).isEmpty();
      NearMiss miss = engine.nearMisses().get(0);
      assertThat(miss.asset()).isEqualTo(Assets.PUMP);
      assertThat(miss.pattern()).isEqualTo("bearing-wear");
      assertThat(miss.patternVersion()).isEqualTo(1);
      assertThat(miss.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(miss.furthestStage()).isEqualTo("heating");
      assertThat(miss.missingStage()).isEqualTo("seized");
      assertThat(miss.endedBy()).isNull();
      assertThat(miss.endedAtMillis()).isEqualTo(at("14:00:00"));
      assertThat(evidence(miss)).isEqualTo("shaking1 heating1 seized0");
      assertThat(miss.evidence().get(0).signals().get(0).name()).isEqualTo("rough-running");
      assertThat(miss.id()).hasSize(32);
      assertThat(engine.metric(WEAR + "timedOut")).isOne();
      assertThat(engine.metric(WEAR + "nearMisses")).isOne();
      assertThat(engine.entries()).isZero();
    }
  }

  @Test
  void forbiddenStageIsNamedWithItsSignal() throws Exception {
    try (EngineHarness engine = open(TestPatterns.unrepaired(), trace("bearing-unrepaired", ""))) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "09:00:00"));
      engine.give(symptom("repair", "10:00:00"));
      NearMiss miss = engine.nearMisses().get(0);
      assertThat(miss.reason()).isEqualTo(Reason.FORBIDDEN_STAGE);
      assertThat(miss.furthestStage()).isEqualTo("heating");
      assertThat(miss.missingStage()).isEmpty();
      assertThat(miss.endedByStage()).isEqualTo("repaired");
      assertThat(miss.endedBy().name()).isEqualTo("repair");
      assertThat(miss.endedAtMillis()).isEqualTo(at("10:00:00"));
      assertThat(engine.metric("pattern.bearing-unrepaired.version.1.broken")).isOne();
      assertThat(engine.metric("pattern.bearing-unrepaired.version.1.nearMisses")).isOne();
      assertThat(engine.entries()).isZero();
    }
  }

  @Test
  void absenceThatNobodyCanTellIsAbandoned() throws Exception {
    try (EngineHarness engine = open(TestPatterns.unrepaired(), trace("bearing-unrepaired", ""))) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "09:00:00"));
      engine.ingestTime(at("08:00:00") + Duration.ofHours(34).toMillis());
      NearMiss miss = engine.nearMisses().get(0);
      assertThat(miss.reason()).isEqualTo(Reason.ABANDONED);
      assertThat(miss.asset()).isEqualTo(Assets.PUMP);
      assertThat(evidence(miss)).isEqualTo("shaking1 heating1");
      assertThat(engine.metric("pattern.bearing-unrepaired.version.1.nearMisses")).isOne();
    }
  }

  private static PatternSet strict() {
    return TestPatterns.of(
        () ->
            List.of(
                TestPatterns.compiled(
                    "strict",
                    1,
                    Pattern.<Signal>begin(TestPatterns.stage("first"))
                        .where(TestPatterns.named("a"))
                        .times(2)
                        .consecutive()
                        .next(TestPatterns.stage("second"))
                        .where(TestPatterns.named("b"))
                        .within(Duration.ofHours(1)),
                    Set.of("a", "b", "c"))));
  }

  @Test
  void strictOrderThatIsBrokenSaysByWhat() throws Exception {
    try (EngineHarness engine = open(strict(), trace("strict", ""))) {
      engine.give(symptom("a", "08:00:00"), symptom("c", "08:00:01"));
      NearMiss miss = engine.nearMisses().get(0);
      assertThat(miss.reason()).isEqualTo(Reason.INTERRUPTED);
      assertThat(miss.furthestStage()).isEqualTo("first");
      assertThat(miss.missingStage()).as("one of two was taken").isEqualTo("first");
      assertThat(miss.endedByStage()).isEmpty();
      assertThat(miss.endedBy().name()).isEqualTo("c");
      engine.give(symptom("a", "08:01:00"), symptom("a", "08:01:01"), symptom("b", "08:01:02"));
      assertThat(engine.detections()).hasSize(1);
      // The second "a" began a match of its own, which wanted another one.
      assertThat(engine.nearMisses())
          .extracting(NearMiss::reason)
          .containsExactly(Reason.INTERRUPTED);
    }
  }

  @Test
  void overflowTellsWhichMatchWasGivenUp() throws Exception {
    PatternSet one =
        TestPatterns.of(
            () ->
                List.of(
                    TestPatterns.compiled(
                        "bearing-wear",
                        1,
                        Pattern.<Signal>begin(TestPatterns.stage("shaking"))
                            .where(TestPatterns.named("rough"))
                            .followedBy(TestPatterns.stage("heating"))
                            .where(TestPatterns.named("hot"))
                            .within(Duration.ofHours(6)),
                        TestPatterns.symptoms(Set.of("rough", "hot")),
                        1,
                        Overflow.DROP_OLDEST,
                        OnChange.DROP)));
    try (EngineHarness engine = open(one, trace("bearing-wear", ""))) {
      engine.give(symptom("rough", "08:00:00"), symptom("rough", "08:00:01"));
      NearMiss miss = engine.nearMisses().get(0);
      assertThat(miss.reason()).isEqualTo(Reason.OVERFLOWED);
      assertThat(miss.evidence().get(0).signals().get(0).eventTimeMillis())
          .isEqualTo(at("08:00:00"));
      assertThat(engine.metric(WEAR + "overflowed")).isOne();
      assertThat(engine.metric(WEAR + "nearMisses")).isOne();
      assertThat(engine.metric(WEAR + "open")).isOne();
    }
  }

  private static PatternSet version(int version) {
    return TestPatterns.of(
        () ->
            List.of(
                TestPatterns.compiled(
                    "bearing-wear",
                    version,
                    TestPatterns.wear(version),
                    TestPatterns.symptoms(TestPatterns.WEAR_NAMES),
                    16,
                    Overflow.DROP_OLDEST,
                    OnChange.DROP)));
  }

  @Test
  void changedPatternTellsThatNothingIsKnownOfTheMatch() throws Exception {
    OperatorSubtaskState state;
    try (EngineHarness engine = open(version(1))) {
      engine.give(symptom("rough", "08:00:00"));
      state = engine.snapshot();
    }
    try (EngineHarness engine = harness(version(2), trace("bearing-wear", "")).restore(state)) {
      engine.give(symptom("hot", "09:00:00"));
      NearMiss miss = engine.nearMisses().get(0);
      assertThat(miss.reason()).isEqualTo(Reason.PATTERN_CHANGED);
      assertThat(miss.patternVersion()).isEqualTo(2);
      assertThat(miss.furthestStage() + miss.missingStage()).isEmpty();
      assertThat(miss.evidence()).isEmpty();
      assertThat(engine.metric("pattern.bearing-wear.version.2.nearMisses")).isOne();
      assertThat(engine.entries()).isZero();
    }
  }

  @Test
  void matchIsNoNearMissNorWhatASkipStrategyTakesWithIt() throws Exception {
    try (EngineHarness engine = open(TestPatterns.wear(), trace("bearing-wear", ""))) {
      engine.give(symptom("rough", "08:00:00"), symptom("rough", "08:30:00"));
      engine.give(symptom("hot", "09:00:00"), symptom("stuck", "10:00:00"));
      assertThat(engine.detections()).hasSize(1);
      assertThat(engine.metric(WEAR + "nearMisses")).isZero();
      assertThat(engine.nearMisses()).isEmpty();
    }
  }

  @Test
  void onlyWhatIsAskedForIsToldButAllIsCounted() throws Exception {
    AssetRef other = Assets.pump("pump-2");
    AssetRef foreign = Assets.of(Assets.OTHER_TENANT, "pump-2", "pump");
    Map<PatternTrace, List<AssetRef>> wanted =
        Map.of(
            trace("bearing-wear", ""), List.of(Assets.PUMP, other, foreign),
            trace("bearing-wear", Assets.TENANT), List.of(Assets.PUMP, other),
            trace("bearing-wear", Assets.TENANT, "pump-2"), List.of(other),
            trace("another", ""), List.of());
    for (Map.Entry<PatternTrace, List<AssetRef>> request : wanted.entrySet()) {
      try (EngineHarness engine = open(TestPatterns.wear(), request.getKey())) {
        for (AssetRef asset : List.of(Assets.PUMP, other, foreign)) {
          engine.give(symptom(asset, "rough", at("08:00:00")));
          engine.give(symptom(asset, "hot", at("15:00:00")));
        }
        assertThat(engine.nearMisses())
            .extracting(NearMiss::asset)
            .as(request.getKey().toString())
            .isEqualTo(request.getValue());
        assertThat(engine.metric(WEAR + "nearMisses")).isEqualTo(3);
        assertThat(engine.metric(WEAR + "nearMissesWithheld")).isZero();
      }
    }
  }

  @Test
  void moreThanSoManyInAMinuteAreWithheldAndCounted() throws Exception {
    try (EngineHarness engine = open(TestPatterns.wear(), trace("bearing-wear", ""))) {
      for (int i = 0; i < 5; i++) {
        engine.give(symptom(Assets.pump("p" + i), "rough", at("08:00:00")));
        engine.give(symptom(Assets.pump("p" + i), "hot", at("15:00:00")));
      }
      assertThat(engine.nearMisses()).hasSize(3);
      assertThat(engine.metric(WEAR + "nearMissesWithheld")).isEqualTo(2);
      assertThat(engine.metric(WEAR + "nearMisses")).isEqualTo(5);
      engine.flink().setProcessingTime(60_001);
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "15:00:00"));
      assertThat(engine.nearMisses()).hasSize(1);
      assertThat(engine.metric(WEAR + "nearMissesWithheld")).isEqualTo(2);
    }
  }

  @Test
  void nothingIsToldWhereNobodyTakesIt() throws Exception {
    NearMissRules impossible = new NearMissRules(false, List.of(trace("bearing-wear", "")), 60);
    try (EngineHarness engine =
        new EngineHarness(
                TestPatterns.wear(),
                EngineRules.DEFAULT,
                impossible,
                new HashMapStateBackend(),
                1,
                0)
            .open()) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "15:00:00"));
      assertThat(engine.nearMisses()).isEmpty();
      assertThat(engine.metric(WEAR + "nearMisses")).isOne();
    }
  }

  @Test
  void needsOfAPatternCountLoopsAndGroups() {
    Pattern<Signal, ?> pattern =
        Pattern.<Signal>begin("a")
            .times(2, 4)
            .followedBy(Pattern.<Signal>begin("b").next("c").optional())
            .times(3)
            .notFollowedBy("never")
            .followedBy("d")
            .oneOrMore();
    assertThat(PatternShape.needs(pattern))
        .extracting(need -> need.stage() + need.signals())
        .containsExactly("a2", "b3", "c0", "d1");
  }
}
