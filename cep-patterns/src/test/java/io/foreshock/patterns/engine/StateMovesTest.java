package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.at;
import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.samples.Assets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half-matched state survives a savepoint, a restore and another parallelism. */
class StateMovesTest {

  private static final int ASSETS = 40;

  private static StateBackend backend(String name) {
    return name.equals("rocksdb")
        ? new EmbeddedRocksDBStateBackend(true)
        : new HashMapStateBackend();
  }

  private static List<EngineHarness> start(
      String backend, int parallelism, OperatorSubtaskState state, int before) throws Exception {
    List<EngineHarness> tasks = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      EngineHarness task =
          new EngineHarness(
              TestPatterns.wear(), EngineRules.DEFAULT, backend(backend), parallelism, i);
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

  private static void give(List<EngineHarness> tasks, String symptom, String time)
      throws Exception {
    for (int i = 0; i < ASSETS; i++) {
      AssetRef asset = Assets.pump("pump-" + i);
      int task =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              asset.key(), EngineHarness.MAX_PARALLELISM, tasks.size());
      tasks.get(task).give(symptom(asset, symptom, at(time)));
    }
  }

  private static OperatorSubtaskState stop(List<EngineHarness> tasks) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[tasks.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = tasks.get(i).snapshot();
      tasks.get(i).close();
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void goesOnFromOneToFourToTwoTasks(String backend) throws Exception {
    List<EngineHarness> one = start(backend, 1, null, 0);
    give(one, "rough", "08:00:00");
    OperatorSubtaskState state = stop(one);

    List<EngineHarness> four = start(backend, 4, state, 1);
    give(four, "hot", "09:00:00");
    assertThat(four).allSatisfy(task -> assertThat(task.timers()).isPositive());
    state = stop(four);

    List<EngineHarness> two = start(backend, 2, state, 4);
    give(two, "stuck", "10:00:00");
    List<Detection> detections = new ArrayList<>();
    for (EngineHarness task : two) {
      detections.addAll(task.detections());
      task.ingestTime(Long.MAX_VALUE);
      assertThat(task.timers()).isZero();
    }
    stop(two);
    assertThat(detections).hasSize(ASSETS);
    assertThat(detections).extracting(Detection::asset).doesNotHaveDuplicates();
  }

  /** Values that were given to the matcher are overwritten: whatever it kept would show. */
  @Test
  void remembersNothingOfTheAssetBefore() throws Exception {
    PatternTable patterns = PatternTable.of(TestPatterns.wear().compile());
    List<String> found = new ArrayList<>();
    AssetMatcher matcher =
        new AssetMatcher(
            patterns,
            EngineRules.DEFAULT,
            new MatchSink() {
              @Override
              public void matched(
                  PatternRuntime pattern, Map<String, List<Signal>> match, long completedAt) {
                Detection detection = pattern.detections().detection(match, completedAt);
                found.add(
                    detection.asset().assetId()
                        + detection.evidence().stream()
                            .map(stage -> stage.signals().get(0).value())
                            .toList());
              }

              @Override
              public void timedOut(
                  PatternRuntime pattern, Map<String, List<Signal>> match, long deadline) {}
            });
    byte[][] values = new byte[2][];
    AssetRef[] assets = {Assets.pump("even"), Assets.pump("odd")};
    String[] steps = {"rough", "hot", "stuck"};
    for (int step = 0; step < steps.length; step++) {
      for (int i = 0; i < 2; i++) {
        Signal signal = Signals.letter(assets[i], steps[step], 1000 + step, 10 * step + i);
        byte[] before = values[i];
        values[i] = MatcherCalls.give(matcher, patterns, before, signal);
        if (before != null) {
          Arrays.fill(before, (byte) 0xAA);
        }
        assertThat(matcher.isEmpty()).isTrue();
      }
    }
    assertThat(found).containsExactly("even[0.0, 10.0, 20.0]", "odd[1.0, 11.0, 21.0]");
    assertThat(Arrays.asList(values)).containsOnlyNulls();
  }
}
