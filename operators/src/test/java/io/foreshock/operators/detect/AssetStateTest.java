package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Batches.PUMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.operators.detect.DetectorPlan.Assignment;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.Threshold;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

class AssetStateTest {
  private static final Threshold ONE =
      new Threshold("a", Side.ABOVE, 1, 1, Duration.ZERO, Duration.ZERO);
  private static final Threshold TWO =
      new Threshold("b", Side.ABOVE, 1, 1, Duration.ZERO, Duration.ZERO);

  private static byte[] after(Batches batch, byte[] before, DetectorSpec... specs)
      throws IOException {
    DetectorHost host = new DetectorHost();
    host.load(new AssetPlans(DetectHarness.plan(specs)).of(PUMP), before);
    host.onBatch(batch.build(), PUMP, new ListCollector<>(new ArrayList<Signal>()));
    return host.state().toBytes();
  }

  @Test
  void theFormIsTheOneThatSavepointsHold() throws IOException {
    byte[] state = after(Batches.of(PUMP, 258).reading("a", 257, 2), null, ONE);

    assertThat(HexFormat.of().formatHex(state))
        .isEqualTo(
            "01" // version
                + "0870756d70" // pump
                + "0000000000000102" // last batch
                + "7fffffffffffffff" // no timer: the host sets none
                + "01" // detectors
                + HexFormat.of().toHexDigits(AssetPlan.hash(ONE.id()))
                + "01" // version of the threshold
                + "0009" // length
                + "0000000000000101" // last reading
                + "01"); // symptom is on
  }

  @Test
  void idsAndTheirHashesDoNotChange() {
    assertThat(ONE.id()).isEqualTo("threshold-27f133dfed90");
    assertThat(AssetPlan.hash(ONE.id())).isEqualTo(0xcab24054148a23c5L);
  }

  @Test
  void aDetectorThatABatchDoesNotTouchIsCopiedUnread() throws IOException {
    byte[] both = after(Batches.of(PUMP, 1).reading("a", 1, 2).reading("b", 1, 2), null, ONE, TWO);
    byte[] later = after(Batches.of(PUMP, 1).reading("a", 5, 2), both, ONE, TWO);

    assertThat(later).hasSameSizeAs(both).isNotEqualTo(both);
    assertThat(after(Batches.of(PUMP, 1), both, ONE, TWO)).isEqualTo(both);
    assertThat(after(Batches.of(PUMP, 1), both, TWO))
        .isEqualTo(after(Batches.of(PUMP, 1).reading("b", 1, 2), null, TWO));
  }

  @Test
  void refusesStateOfANewerRelease() throws IOException {
    byte[] state = after(Batches.of(PUMP, 258).reading("a", 257, 2), null, ONE);
    byte[] newerDetector = state.clone();
    newerDetector[state.length - 12] = 2;
    byte[] newerState = state.clone();
    newerState[0] = 9;

    assertThatThrownBy(() -> after(Batches.of(PUMP, 259).reading("a", 258, 2), newerDetector, ONE))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Symptom state of "
                + ONE.id()
                + " has version 2, but this build reads versions 1 to 1. Deploy the newer release"
                + " again, or restore an older savepoint.");
    assertThatThrownBy(() -> after(Batches.of(PUMP, 259), newerState, ONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("asset has version 9");
  }

  @Test
  void assetsWithTheSameDetectorsShareOnePlan() {
    AssetPlans plans =
        new AssetPlans(
            new DetectorPlan(
                List.of(
                    new Assignment(ONE, List.of(new AssetScope(Set.of(), Set.of("pump", "fan")))),
                    new Assignment(TWO, List.of(new AssetScope(Set.of("acme"), Set.of())))),
                Map.of()));

    AssetPlan pumps = plans.of(PUMP);
    assertThat(pumps.slots).hasSize(2);
    assertThat(plans.of(new AssetRef("acme", "f-9", "fan"))).isSameAs(pumps);
    assertThat(plans.of(new AssetRef("other", "p-1", "pump")).slots).hasSize(1);
    assertThat(plans.of(new AssetRef("other", "x", "")).hasDetectors()).isFalse();
    assertThat(plans.of(PUMP)).isSameAs(pumps);
  }
}
