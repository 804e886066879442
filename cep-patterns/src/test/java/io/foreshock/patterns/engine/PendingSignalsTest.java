package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.at;
import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.EngineRules.Clock;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** How many signals of an asset may wait for their order. */
class PendingSignalsTest {

  private static final int MOST = 100;

  private static EngineHarness engine(long memory) throws Exception {
    return new EngineHarness(
        TestPatterns.wear(),
        new EngineRules(Clock.ASSET, Duration.ofSeconds(10), Duration.ofHours(24), MOST, memory));
  }

  private static Signal rough(AssetRef asset, int i) {
    return symptom(asset, "rough", at("08:00:00") + i);
  }

  private static void giveAll(EngineHarness engine, List<AssetRef> assets, int from, int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      for (AssetRef asset : assets) {
        engine.giveAt(at("08:00:05"), rough(asset, i));
        assertThat(engine.waiting(asset)).isLessThanOrEqualTo(MOST);
      }
    }
  }

  @Test
  void aFloodBetweenTwoTicksDoesNotPileUp() throws Exception {
    AssetRef asset = Assets.PUMP;
    try (EngineHarness engine = engine(EngineRules.MEMORY_BYTES).open()) {
      giveAll(engine, List.of(asset), 0, 1_000);
      assertThat(engine.metric("overflowedSignals")).isBetween(900L, 1_000L);
      // What was released is matched, and what comes in order goes on from there.
      engine.giveAt(at("08:00:06"), symptom(asset, "hot", at("08:00:06")));
      engine.giveAt(at("08:00:07"), symptom(asset, "stuck", at("08:00:07")));
      engine.ingestTime(at("08:01:00"));
      assertThat(engine.detections()).isNotEmpty();
      assertThat(engine.waiting(asset)).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void nothingIsReleasedEarlyUpToTheBound() throws Exception {
    AssetRef asset = Assets.PUMP;
    try (EngineHarness engine = engine(EngineRules.MEMORY_BYTES).open()) {
      giveAll(engine, List.of(asset), 0, MOST);
      assertThat(engine.waiting(asset)).isEqualTo(MOST);
      assertThat(engine.metric("overflowedSignals")).isZero();
    }
  }

  @Test
  void theBoundHoldsForAssetsThatLeaveMemoryAndOverARestore() throws Exception {
    List<AssetRef> assets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      assets.add(Assets.pump("pump-" + i));
    }
    OperatorSubtaskState snapshot;
    try (EngineHarness engine = engine(1).open()) {
      giveAll(engine, assets, 0, MOST - 10);
      snapshot = engine.snapshot();
    }
    try (EngineHarness engine = engine(1).restore(snapshot)) {
      giveAll(engine, assets, MOST - 10, 3 * MOST);
      assertThat(engine.metric("overflowedSignals")).isPositive();
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void signalsDoNotWaitOnTheClockOfTheWatermark() {
    assertThatThrownBy(
            () -> new EngineRules(Clock.WATERMARK, Duration.ofSeconds(10), Duration.ZERO, MOST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "disorderBound is PT10S, but signals wait for their order on the ingest clock, which the"
                + " watermark is not with the clock WATERMARK. Sort them before and use 0, or the"
                + " clock ASSET.");
  }
}
