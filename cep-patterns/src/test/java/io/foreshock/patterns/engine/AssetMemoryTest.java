package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.at;
import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** Values of assets in memory: less state is touched, and nothing else is different. */
class AssetMemoryTest {

  private static final String[] STEPS = {"rough", "hot", "stuck"};

  private final CountingStateBackend backend = new CountingStateBackend();

  private static List<AssetRef> assets(int count) {
    List<AssetRef> assets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      assets.add(Assets.pump("pump-" + i));
    }
    return assets;
  }

  /** One signal of each asset. */
  private static void give(EngineHarness engine, List<AssetRef> assets, int step) throws Exception {
    for (int i = 0; i < assets.size(); i++) {
      engine.give(symptom(assets.get(i), STEPS[step], at("08:00:00") + 1000 * step + i));
    }
  }

  private static void assertAllFound(List<Detection> detections, List<AssetRef> assets) {
    assertThat(detections).extracting(Detection::asset).containsExactlyElementsOf(assets);
    for (int i = 0; i < assets.size(); i++) {
      for (int step = 0; step < STEPS.length; step++) {
        assertThat(detections.get(i).evidence().get(step).signals().get(0).eventTimeMillis())
            .isEqualTo(at("08:00:00") + 1000 * step + i);
      }
    }
  }

  @Test
  void readsAnAssetOnceAndWritesItBeforeACheckpoint() throws Exception {
    try (EngineHarness engine =
        new EngineHarness(TestPatterns.wear(), EngineRules.DEFAULT, backend).open()) {
      engine.give(symptom("rough", "08:00:00"));
      assertThat(backend.take()).isEqualTo(Map.of("value", 1));
      engine.give(symptom("hot", "08:01:00"));
      assertThat(backend.take()).isEmpty();
      engine.flush();
      assertThat(backend.take()).isEqualTo(Map.of("update", 1));
      engine.flush();
      assertThat(backend.take()).isEmpty();
      engine.give(symptom("stuck", "08:02:00"));
      assertThat(engine.detections()).hasSize(1);
      engine.flush();
      assertThat(backend.take()).isEqualTo(Map.of("clear", 1));
    }
  }

  /** Two assets that hardly fit, and many that do not, in turn. */
  @Test
  void findsTheSameWhileAssetsLeaveMemoryAllTheTime() throws Exception {
    for (int size : new int[] {2, 50}) {
      for (long memory : new long[] {1, 600, 4_000}) {
        List<AssetRef> assets = assets(size);
        try (EngineHarness engine =
            EngineHarness.withMemory(TestPatterns.wear(), EngineRules.DEFAULT, memory).open()) {
          for (int step = 0; step < STEPS.length; step++) {
            give(engine, assets, step);
          }
          assertAllFound(engine.detections(), assets);
          assertThat(engine.leftInTheEnd()).isZero();
        }
      }
    }
  }

  @Test
  void whatIsInMemoryIsInTheSnapshot() throws Exception {
    List<AssetRef> assets = assets(20);
    OperatorSubtaskState snapshot = null;
    for (int step = 0; step < STEPS.length; step++) {
      EngineHarness engine =
          new EngineHarness(TestPatterns.wear(), EngineRules.DEFAULT, new HashMapStateBackend());
      try (engine) {
        if (snapshot == null) {
          engine.open();
        } else {
          engine.restore(snapshot);
        }
        give(engine, assets, step);
        snapshot = engine.snapshot();
        if (step == STEPS.length - 1) {
          assertAllFound(engine.detections(), assets);
        }
      }
    }
  }

  @Test
  void keepsOneTimerForMatchesThatComeAndGo() throws Exception {
    try (EngineHarness engine =
        new EngineHarness(TestPatterns.wear(), EngineRules.DEFAULT).open()) {
      for (int minute = 0; minute < 60; minute++) {
        long time = at("08:00:00") + Duration.ofMinutes(minute).toMillis();
        for (String step : STEPS) {
          engine.give(symptom(Assets.PUMP, step, time));
        }
      }
      assertThat(engine.detections()).hasSize(60);
      assertThat(engine.timers()).isEqualTo(1);
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }
}
