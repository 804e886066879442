package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.at;
import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each metric of a pattern, also after a restore. */
class PatternMetricsTest {
  private static final String WEAR = "pattern.bearing-wear.version.1.";
  private static final int ASSETS = 60;

  @Test
  void countsWhatBecomesOfSignalsAndMatches() throws Exception {
    try (EngineHarness engine = new EngineHarness(TestPatterns.wear(), EngineRules.DEFAULT)) {
      engine.open();
      engine.give(symptom("rough", "08:00:00"), symptom("stuck", "08:10:00"));
      engine.give(symptom("nobody-knows", "08:20:00"));
      assertThat(engine.metric(WEAR + "relevant")).isEqualTo(2);
      assertThat(engine.metric(WEAR + "evaluated")).as("the second changes nothing").isOne();
      assertThat(engine.metric("irrelevantSignals")).isOne();
      assertThat(engine.metric(WEAR + "open")).isOne();
      engine.give(symptom("hot", "09:00:00"), symptom("stuck", "10:00:00"));
      assertThat(engine.metric(WEAR + "matched")).isOne();
      assertThat(engine.metric(WEAR + "open")).isZero();
      engine.give(symptom("rough", "11:00:00"), symptom("hot", "18:00:00"));
      assertThat(engine.metric(WEAR + "timedOut")).isOne();
      assertThat(engine.metric(WEAR + "nearMisses")).isOne();
      assertThat(engine.metric(WEAR + "open")).isZero();
      assertThat(engine.metric(WEAR + "conditionErrors")).isZero();
    }
  }

  @Test
  void countsBytesOfStateReadAndWritten() throws Exception {
    try (EngineHarness engine =
        EngineHarness.withoutMemory(
            TestPatterns.wear(), EngineRules.DEFAULT, new HashMapStateBackend())) {
      engine.open();
      engine.give(symptom("rough", "08:00:00"));
      long first = engine.metric("stateBytesWritten");
      assertThat(first).isBetween(50L, 300L);
      assertThat(engine.metric("stateBytesRead")).isZero();
      engine.give(symptom("hot", "09:00:00"));
      assertThat(engine.metric("stateBytesRead")).isEqualTo(first);
      assertThat(engine.metric("stateBytesWritten")).isGreaterThan(2 * first);
    }
    EngineRules disorder =
        new EngineRules(
            EngineRules.Clock.ASSET, Duration.ofSeconds(10), Duration.ofHours(24), 1024);
    try (EngineHarness engine =
        EngineHarness.withoutMemory(TestPatterns.wear(), disorder, new HashMapStateBackend())) {
      engine.open();
      engine.give(symptom("rough", "08:00:00"));
      long pending = engine.metric("stateBytesWritten");
      assertThat(pending).as("what waits for its order").isPositive();
      engine.ingestTime(at("08:01:00"));
      assertThat(engine.metric("stateBytesRead")).isEqualTo(pending);
      assertThat(engine.metric("stateBytesWritten")).isGreaterThan(pending);
    }
  }

  private static List<EngineHarness> start(
      PatternSet patterns, int parallelism, OperatorSubtaskState state, int before)
      throws Exception {
    List<EngineHarness> tasks = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      EngineHarness task =
          new EngineHarness(
              patterns, EngineRules.DEFAULT, new HashMapStateBackend(), parallelism, i);
      if (state == null) {
        task.open();
      } else {
        task.restore(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, EngineHarness.MAX_PARALLELISM, before, parallelism, i));
      }
      tasks.add(task);
    }
    return tasks;
  }

  private static void give(List<EngineHarness> tasks, int asset, String symptom, String time)
      throws Exception {
    AssetRef ref = Assets.pump("pump-" + asset);
    task(tasks, ref).give(symptom(ref, symptom, at(time)));
  }

  private static EngineHarness task(List<EngineHarness> tasks, AssetRef asset) {
    return tasks.get(
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            asset.key(), EngineHarness.MAX_PARALLELISM, tasks.size()));
  }

  private static OperatorSubtaskState stop(List<EngineHarness> tasks) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[tasks.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = tasks.get(i).snapshot();
      tasks.get(i).close();
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  /** Each task knows how many matches of its own assets are open, at once after the restore. */
  @Test
  void openIsRightAfterARestoreAtAnyParallelism() throws Exception {
    OperatorSubtaskState state = null;
    int before = 0;
    List<EngineHarness> tasks = start(TestPatterns.wear(), 1, null, 0);
    for (int i = 0; i < ASSETS; i++) {
      give(tasks, i, "rough", "08:00:00");
    }
    give(tasks, 0, "hot", "09:00:00");
    give(tasks, 0, "stuck", "10:00:00");
    for (int parallelism : new int[] {4, 2, 3}) {
      before = tasks.size();
      state = stop(tasks);
      tasks = start(TestPatterns.wear(), parallelism, state, before);
      long all = 0;
      for (EngineHarness task : tasks) {
        assertThat(task.metric(WEAR + "open")).isEqualTo(task.entries()).isPositive();
        all += task.metric(WEAR + "open");
      }
      assertThat(all).isEqualTo(ASSETS - 1);
    }
    for (int i = 1; i < ASSETS; i++) {
      give(tasks, i, "hot", "11:00:00");
      give(tasks, i, "stuck", "12:00:00");
    }
    for (EngineHarness task : tasks) {
      assertThat(task.metric(WEAR + "open")).isZero();
    }
    OperatorSubtaskState empty = stop(tasks);
    assertThat(empty.getManagedOperatorState().getStateSize())
        .as("bytes of three tasks in which nothing is open")
        .isLessThan(3 * 300);
  }

  private static PatternSet version(int version, OnChange onChange) {
    return TestPatterns.of(() -> List.of(wear(version, onChange)));
  }

  private static CompiledPattern wear(int version, OnChange onChange) {
    return TestPatterns.compiled(
        "bearing-wear",
        version,
        TestPatterns.wear(version),
        TestPatterns.symptoms(TestPatterns.WEAR_NAMES),
        16,
        Overflow.DROP_OLDEST,
        onChange);
  }

  /** Matches of the version before count where they go on, and nowhere when they are given up. */
  @ParameterizedTest
  @EnumSource(OnChange.class)
  void openFollowsWhatBecomesOfMatchesOfTheVersionBefore(OnChange onChange) throws Exception {
    List<EngineHarness> tasks = start(version(1, OnChange.DROP), 1, null, 0);
    give(tasks, 1, "rough", "08:00:00");
    give(tasks, 2, "rough", "08:00:00");
    OperatorSubtaskState state = stop(tasks);
    PatternSet both = TestPatterns.of(() -> List.of(wear(1, OnChange.DROP), wear(2, onChange)));
    tasks = start(both, 1, state, 1);
    EngineHarness task = tasks.get(0);
    String second = "pattern.bearing-wear.version.2.";
    assertThat(task.metric(WEAR + "open")).isEqualTo(onChange == OnChange.DRAIN ? 2 : 0);
    assertThat(task.metric(second + "open")).isEqualTo(onChange == OnChange.KEEP ? 2 : 0);
    give(tasks, 1, "hot", "09:00:00");
    give(tasks, 2, "hot", "09:00:00");
    give(tasks, 2, "stuck", "10:00:00");
    assertThat(task.metric(WEAR + "open")).isEqualTo(onChange == OnChange.DRAIN ? 1 : 0);
    assertThat(task.metric(second + "open")).isEqualTo(onChange == OnChange.KEEP ? 1 : 0);
    assertThat(task.metric(second + "abandoned")).isEqualTo(onChange == OnChange.DROP ? 2 : 0);
    assertThat(task.metric(second + "nearMisses")).isEqualTo(onChange == OnChange.DROP ? 2 : 0);
    assertThat(task.entries()).isEqualTo(onChange == OnChange.DROP ? 0 : 1);
    stop(tasks);
  }

  @Test
  void conditionThatFailsIsCountedAndTheFirstExplainedAndNothingBreaks() throws Exception {
    String yaml =
        """
        pattern: fragile
        version: 1
        sequence:
          - {stage: begins, when: 'fault.code == "A"'}
          - {stage: ends, when: 'fault.code == "B" && 1 / size(fault.severity) == 1'}
        within: 1h
        detection: {component: bearing, failureMode: wear, severity: warning}
        """;
    PatternSet patterns =
        YamlPatternSet.of(
            PatternLanguage.of(ChannelCatalogue.load()).parse("test", yaml).orThrow());
    try (EngineHarness engine = new EngineHarness(patterns, EngineRules.DEFAULT)) {
      engine.open();
      engine.give(fault("A", at("08:00:00")), fault("B", at("08:10:00")));
      long errors = engine.metric("pattern.fragile.version.1.conditionErrors");
      assertThat(errors).isPositive();
      engine.give(fault("B", at("08:20:00")));
      assertThat(engine.metric("pattern.fragile.version.1.conditionErrors")).isGreaterThan(errors);
      assertThat(engine.detections()).isEmpty();
      assertThat(engine.metric("pattern.fragile.version.1.open")).isOne();
    }
  }

  /** The engine asks conditions before it has decoded the match: that is no error. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fault.code == stages.begins.name",
        "fault.code != \"\" && size(stages.begins.name) == size(fault.code)"
      })
  void conditionThatLooksAtTheMatchIsNoError(String condition) throws Exception {
    String yaml =
        """
        pattern: fragile
        version: 1
        sequence:
          - {stage: begins, when: 'fault.code == "A"'}
          - {stage: ends, when: '%s'}
        within: 1h
        detection: {component: bearing, failureMode: wear, severity: warning}
        """
            .formatted(condition);
    PatternSet patterns =
        YamlPatternSet.of(
            PatternLanguage.of(ChannelCatalogue.load()).parse("test", yaml).orThrow());
    try (EngineHarness engine = new EngineHarness(patterns, EngineRules.DEFAULT)) {
      engine.open();
      engine.give(fault("A", at("08:00:00")), fault("BBB", at("08:10:00")));
      assertThat(engine.detections()).isEmpty();
      engine.give(fault("A", at("08:20:00")));
      assertThat(engine.detections()).hasSize(1);
      assertThat(engine.metric("pattern.fragile.version.1.conditionErrors")).isZero();
    }
  }

  private static Signal fault(String code, long time) {
    return new Signal(
        Assets.PUMP,
        SignalKind.FAULT_CODE,
        code,
        "",
        "",
        "",
        time,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        false);
  }
}
