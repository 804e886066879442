package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Heartbeat;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.Relevance;
import io.foreshock.patterns.StageNames;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.junit.jupiter.api.Test;

class StateAccessTest {

  private final CountingStateBackend backend = new CountingStateBackend();

  private EngineHarness open(PatternSet patterns) throws Exception {
    return EngineHarness.withoutMemory(patterns, EngineRules.DEFAULT, backend).open();
  }

  private Map<String, Integer> callsFor(EngineHarness engine, Signal signal) throws Exception {
    backend.take();
    engine.give(signal);
    return backend.take();
  }

  @Test
  void touchesNoStateForASignalThatNoPatternUses() throws Exception {
    try (EngineHarness engine = open(TestPatterns.wear())) {
      engine.give(symptom("rough", "08:00:00"));
      assertThat(callsFor(engine, symptom("unrelated", "08:01:00"))).isEmpty();
    }
  }

  /** As a job runs: conditions compiled from YAML, a match skips past its last signal. */
  @Test
  void touchesNoStateForASignalThatNoPatternOfTheCatalogueUses() throws Exception {
    try (EngineHarness engine = open(YamlPatternSet.of(PatternCatalogue.production()))) {
      assertThat(callsFor(engine, symptom("unrelated", "08:00:00"))).isEmpty();
      engine.give(Heartbeat.at(Assets.PUMP, Signals.at("08:01:00")));
      assertThat(backend.take()).isEmpty();
      assertThat(engine.metric("irrelevantSignals")).isEqualTo(2);
    }
  }

  @Test
  void readsOnceAndWritesOnceForASignalThatMovesAMatch() throws Exception {
    try (EngineHarness engine = open(TestPatterns.wear())) {
      assertThat(callsFor(engine, symptom("rough", "08:00:00")))
          .isEqualTo(Map.of("value", 1, "update", 1));
      assertThat(callsFor(engine, symptom("hot", "08:01:00")))
          .isEqualTo(Map.of("value", 1, "update", 1));
      assertThat(callsFor(engine, symptom("stuck", "08:02:00")))
          .isEqualTo(Map.of("value", 1, "clear", 1));
    }
  }

  @Test
  void onlyReadsForASignalThatChangesNothing() throws Exception {
    try (EngineHarness engine = open(TestPatterns.wear())) {
      assertThat(callsFor(engine, symptom("hot", "08:00:00"))).isEqualTo(Map.of("value", 1));
      engine.give(symptom("rough", "08:01:00"));
      assertThat(callsFor(engine, symptom("stuck", "08:02:00"))).isEqualTo(Map.of("value", 1));
    }
  }

  @Test
  void readsAndWritesOnceForAHundredPatterns() throws Exception {
    PatternSet hundred =
        TestPatterns.of(
            () -> {
              List<io.foreshock.patterns.CompiledPattern> patterns = new ArrayList<>();
              for (int i = 0; i < 100; i++) {
                patterns.add(
                    TestPatterns.compiled(
                        "wear-" + i, 1, TestPatterns.wear(1), TestPatterns.WEAR_NAMES));
              }
              return patterns;
            });
    try (EngineHarness engine = open(hundred)) {
      assertThat(callsFor(engine, symptom("rough", "08:00:00")))
          .isEqualTo(Map.of("value", 1, "update", 1));
      assertThat(engine.timers()).isEqualTo(1);
      engine.give(symptom("hot", "08:01:00"), symptom("stuck", "08:02:00"));
      assertThat(engine.detections()).hasSize(100);
    }
  }

  @Test
  void looksAtEverySignalOnlyWhereTheirPresenceMatters() throws Exception {
    PatternSet strict =
        TestPatterns.of(
            () ->
                List.of(
                    TestPatterns.compiled(
                        "strict",
                        1,
                        Pattern.<Signal>begin(StageNames.encode(1, "shaking"))
                            .where(TestPatterns.named("rough"))
                            .next(StageNames.encode(1, "heating"))
                            .where(TestPatterns.named("hot"))
                            .within(Duration.ofHours(1)),
                        Relevance.EVERY_SIGNAL,
                        16,
                        Overflow.DROP_OLDEST,
                        OnChange.DROP)));
    try (EngineHarness engine = open(strict)) {
      assertThat(callsFor(engine, symptom("unrelated", "08:00:00"))).isEqualTo(Map.of("value", 1));
      engine.give(symptom("rough", "08:01:00"));
      assertThat(callsFor(engine, symptom("unrelated", "08:02:00")))
          .isEqualTo(Map.of("value", 1, "clear", 1));
      engine.give(symptom("hot", "08:03:00"));
      assertThat(engine.detections()).isEmpty();
      engine.give(symptom("rough", "08:04:00"), symptom("hot", "08:05:00"));
      assertThat(engine.detections()).hasSize(1);
    }
  }

  @Test
  void appendsBlindlyWhileTheOrderIsUnknown() throws Exception {
    EngineRules disordered =
        new EngineRules(
            EngineRules.Clock.ASSET, Duration.ofSeconds(10), Duration.ofHours(24), 1024);
    try (EngineHarness engine =
        EngineHarness.withoutMemory(TestPatterns.wear(), disordered, backend).open()) {
      assertThat(callsFor(engine, symptom("rough", "08:00:00"))).isEqualTo(Map.of("add", 1));
      assertThat(callsFor(engine, symptom("unrelated", "08:00:00"))).isEmpty();
      assertThat(Set.of(engine.timers())).containsExactly(1);
    }
  }
}
