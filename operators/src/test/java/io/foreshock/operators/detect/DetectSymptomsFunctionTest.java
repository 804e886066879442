package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Batches.OTHER_PUMP;
import static io.foreshock.operators.detect.Batches.PUMP;
import static io.foreshock.operators.detect.Batches.TRUCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.operators.detect.DetectHarness.Backend;
import io.foreshock.operators.detect.DetectorPlan.Assignment;
import io.foreshock.operators.detect.DetectorSpec.Drift;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.Silence;
import io.foreshock.operators.detect.DetectorSpec.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectSymptomsFunctionTest {
  private static final Threshold HOT =
      new Threshold("temperature_c", Side.ABOVE, 80, 70, Duration.ofMillis(20), Duration.ZERO);
  private static final Threshold ROUGH =
      new Threshold("vibration_mm_s", Side.ABOVE, 7.1, 6.5, Duration.ZERO, Duration.ZERO);
  private static final Drift WARMING =
      new Drift(
          "temperature_c",
          Duration.ofMillis(400),
          Side.ABOVE,
          5,
          2,
          Duration.ofMillis(50),
          Duration.ZERO,
          "bearing");
  private static final AssetScope PUMPS = new AssetScope(Set.of(), Set.of("pump"));

  @Test
  void aHeartbeatWithTheNewestTimeFollowsEachBatchOfAnAssetWhosePatternsWait() throws Exception {
    DetectorPlan plan = new DetectorPlan(List.of(), Map.of(DetectorPlan.HEARTBEAT, List.of(PUMPS)));
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, plan)) {
      harness.send(Batches.of(PUMP, 1000).reading("temperature_c", 9, 49).fault("P0217", 8));
      assertThat(harness.take())
          .containsExactly(
              Signal.faultCode(
                  PUMP, new FaultCode("P0217", 8, "", FaultCode.Severity.ERROR), false),
              Heartbeat.at(PUMP, 9));

      harness.send(Batches.of(PUMP, 1000));
      harness.send(Batches.of(TRUCK, 1000).reading("temperature_c", 9, 49));
      assertThat(harness.take()).as("no content, and an asset out of scope").isEmpty();
    }
  }

  @Test
  void signalsOfABatchLeaveInOrderOfTimeAndKind() throws Exception {
    DetectorPlan plan =
        new DetectorPlan(
            List.of(
                new Assignment(ROUGH, List.of(PUMPS)),
                new Assignment(
                    new Threshold("a", Side.ABOVE, 1, 1, Duration.ZERO, Duration.ZERO),
                    List.of(PUMPS))),
            Map.of("temperature_c", List.of(PUMPS), "a", List.of(PUMPS)));
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, plan)) {
      harness.send(Batches.of(PUMP, 1000).reading("a", 1, 5));
      harness.take();
      harness.send(
          Batches.of(PUMP, 1000)
              .reading("vibration_mm_s", 10, 9)
              .reading("a", 10, 0)
              .reading("temperature_c", 10, 50)
              .reading("temperature_c", 9, 49)
              .reading("unknown", 8, 1)
              .fault("P0217", 10)
              .fault("P0100", 2)
              .maintenance("bearing", 10, MaintenanceEvent.Kind.REPLACED)
              .state(OperatingStateChange.State.RUNNING, 10));

      assertThat(harness.take())
          .extracting(Signal::eventTimeMillis, Signal::kind, Signal::name)
          .containsExactly(
              tuple(2L, SignalKind.FAULT_CODE, "P0100"),
              tuple(9L, SignalKind.READING, "temperature_c"),
              tuple(10L, SignalKind.MAINTENANCE, "bearing"),
              tuple(10L, SignalKind.OPERATING_STATE, "running"),
              tuple(
                  10L,
                  SignalKind.SYMPTOM_CLEARED,
                  new Threshold("a", Side.ABOVE, 1, 1, Duration.ZERO, Duration.ZERO).id()),
              tuple(10L, SignalKind.READING, "a"),
              tuple(10L, SignalKind.READING, "temperature_c"),
              tuple(10L, SignalKind.SYMPTOM, ROUGH.id()),
              tuple(10L, SignalKind.FAULT_CODE, "P0217"));
    }
  }

  @Test
  void aBatchWithoutAClassGoesOnWithTheClassThatIsKnown() throws Exception {
    DetectorPlan plan =
        new DetectorPlan(
            List.of(new Assignment(HOT, List.of(PUMPS)), new Assignment(ROUGH, List.of(PUMPS))),
            Map.of());
    AssetRef unnamed = new AssetRef(PUMP.tenant(), PUMP.assetId(), "");
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, plan)) {
      harness.send(Batches.of(unnamed, 5).reading("temperature_c", 1, 90));
      assertThat(harness.states()).isZero();
      harness.send(Batches.of(PUMP, 15).reading("temperature_c", 10, 90));
      harness.send(Batches.of(unnamed, 25).reading("vibration_mm_s", 20, 9));
      // What was learned before is still there: it is hot since 10.
      harness.send(Batches.of(PUMP, 40).reading("temperature_c", 35, 90));

      assertThat(harness.take())
          .extracting(Signal::asset, Signal::name, Signal::eventTimeMillis)
          .containsExactly(tuple(PUMP, ROUGH.id(), 20L), tuple(PUMP, HOT.id(), 35L));
    }
  }

  @Test
  void anotherClassIsAnotherMachineAndIsLearnedAnew() throws Exception {
    DetectorPlan plan =
        new DetectorPlan(
            List.of(
                new Assignment(HOT, List.of(PUMPS)),
                new Assignment(ROUGH, List.of(AssetScope.EVERY_ASSET))),
            Map.of());
    AssetRef vehicle = new AssetRef(PUMP.tenant(), PUMP.assetId(), "vehicle");
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, plan)) {
      harness.send(Batches.of(PUMP, 15).reading("temperature_c", 10, 90));
      harness.send(Batches.of(vehicle, 25).reading("temperature_c", 20, 90));
      harness.send(Batches.of(PUMP, 40).reading("temperature_c", 35, 90));
      assertThat(harness.take()).isEmpty();
      harness.send(Batches.of(PUMP, 60).reading("temperature_c", 55, 90));
      assertThat(harness.take()).extracting(Signal::name).containsExactly(HOT.id());
    }
  }

  @Test
  void aSymptomCarriesReadingLimitScoreAndBacklog() throws Exception {
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, DetectHarness.plan(ROUGH))) {
      harness.send(Batches.of(PUMP, 50).reading("vibration_mm_s", 10, 9).backlog());

      assertThat(harness.take())
          .containsExactly(
              Signal.symptom(PUMP, true, ROUGH.id(), "vibration_mm_s", 10, 9, 7.1, 9, true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void assetsDoNotDisturbEachOther(Backend backend) throws Exception {
    DetectorPlan plan = DetectHarness.plan(HOT, WARMING, ROUGH);
    List<Signal> together = new ArrayList<>();
    try (DetectHarness harness = DetectHarness.start(backend, plan)) {
      for (int i = 0; i < 200; i++) {
        harness.send(hotPump(i));
        // Comes when the other one's symptoms are on.
        if (i >= 150) {
          harness.send(coolPump(i));
        }
      }
      together.addAll(harness.take());
    }
    List<Signal> alone = new ArrayList<>();
    try (DetectHarness harness = DetectHarness.start(backend, plan)) {
      for (int i = 0; i < 200; i++) {
        harness.send(hotPump(i));
      }
      alone.addAll(harness.take());
    }

    assertThat(alone).extracting(Signal::name).contains(HOT.id(), WARMING.id());
    assertThat(together).isEqualTo(alone);
  }

  private static Batches hotPump(int i) {
    double noise = new Random(i).nextGaussian();
    return Batches.of(PUMP, i * 10).reading("temperature_c", i * 10, (i < 100 ? 50 : 85) + noise);
  }

  private static Batches coolPump(int i) {
    double noise = new Random(1000 + i).nextGaussian();
    return Batches.of(OTHER_PUMP, i * 10).reading("temperature_c", i * 10, 20 + noise);
  }

  @Test
  void anAssetOutOfScopeNeedsNoStateAndKeepsItsFaultCodes() throws Exception {
    DetectorPlan plan =
        new DetectorPlan(
            List.of(new Assignment(HOT, List.of(PUMPS))), Map.of("speed", List.of(PUMPS)));
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, plan)) {
      harness.send(
          Batches.of(TRUCK, 100)
              .reading("temperature_c", 1, 90)
              .reading("temperature_c", 90, 90)
              .reading("speed", 90, 3)
              .fault("P0217", 5));

      assertThat(harness.take()).extracting(Signal::name).containsExactly("P0217");
      assertThat(harness.states()).isZero();
      assertThat(harness.timers()).isZero();
    }
  }

  @Test
  void twoPatternsWithTheSameSpecificationShareOneState() throws Exception {
    DetectorPlan shared =
        new DetectorPlan(
            List.of(
                new Assignment(ROUGH, List.of(new AssetScope(Set.of("acme"), Set.of()))),
                new Assignment(ROUGH, List.of(PUMPS))),
            Map.of());
    long bytesOfOne = stateBytes(DetectHarness.plan(ROUGH));
    assertThat(stateBytes(shared)).isEqualTo(bytesOfOne);

    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, shared)) {
      harness.send(Batches.of(PUMP, 50).reading("vibration_mm_s", 10, 9));
      assertThat(harness.take()).hasSize(1);
    }
  }

  private static long stateBytes(DetectorPlan plan) throws Exception {
    DetectorHost host = new DetectorHost();
    host.load(new AssetPlans(plan).of(PUMP), null);
    host.onBatch(
        Batches.of(PUMP, 50).reading("vibration_mm_s", 10, 9).build(),
        PUMP,
        new ListCollector<>(new ArrayList<>()));
    return host.state().toBytes().length;
  }

  @ParameterizedTest
  @EnumSource
  void restoresInTheMiddleOfAHold(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (DetectHarness harness = DetectHarness.start(backend, DetectHarness.plan(HOT))) {
      harness.send(Batches.of(PUMP, 0).reading("temperature_c", 0, 90));
      harness.send(Batches.of(PUMP, 10).reading("temperature_c", 10, 90));
      assertThat(harness.take()).isEmpty();
      snapshot = harness.snapshot();
    }
    try (DetectHarness harness =
        DetectHarness.restore(backend, DetectHarness.plan(HOT), snapshot)) {
      harness.send(Batches.of(PUMP, 20).reading("temperature_c", 20, 90));
      assertThat(harness.take()).extracting(Signal::eventTimeMillis).containsExactly(20L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangedPlanKeepsWhatIsStillThere(Backend backend) throws Exception {
    Threshold added = new Threshold("p", Side.ABOVE, 1, 0, Duration.ZERO, Duration.ZERO);
    OperatorSubtaskState snapshot;
    try (DetectHarness harness = DetectHarness.start(backend, DetectHarness.plan(ROUGH, HOT))) {
      harness.send(
          Batches.of(PUMP, 0).reading("temperature_c", 0, 90).reading("vibration_mm_s", 0, 9));
      assertThat(harness.take()).hasSize(1);
      snapshot = harness.snapshot();
    }
    // The rough one has gone, another has come in front.
    OperatorSubtaskState second;
    try (DetectHarness harness =
        DetectHarness.restore(backend, DetectHarness.plan(added, HOT), snapshot)) {
      harness.send(
          Batches.of(PUMP, 30)
              .reading("temperature_c", 30, 90)
              .reading("vibration_mm_s", 30, 0)
              .reading("p", 30, 2));
      assertThat(harness.take()).extracting(Signal::name).containsExactly(added.id(), HOT.id());
      second = harness.snapshot();
    }
    // It comes back without a memory: no end of a symptom that it never saw begin.
    try (DetectHarness harness =
        DetectHarness.restore(backend, DetectHarness.plan(added, HOT, ROUGH), second)) {
      harness.send(
          Batches.of(PUMP, 40).reading("temperature_c", 40, 60).reading("vibration_mm_s", 40, 0));
      assertThat(harness.take())
          .extracting(Signal::kind, Signal::name)
          .containsExactly(tuple(SignalKind.SYMPTOM_CLEARED, HOT.id()));
    }
  }

  @Test
  void maintenanceEndsADriftAndAnInspectionDoesNot() throws Exception {
    try (DetectHarness harness =
        DetectHarness.start(Backend.HASH_MAP, DetectHarness.plan(WARMING))) {
      for (int i = 0; i < 200; i++) {
        harness.send(hotPump(i));
      }
      assertThat(harness.take()).extracting(Signal::kind).containsExactly(SignalKind.SYMPTOM);
      harness.send(
          Batches.of(PUMP, 2000)
              .maintenance("bearing", 1999, MaintenanceEvent.Kind.INSPECTED)
              .maintenance("seal", 2000, MaintenanceEvent.Kind.REPLACED));
      assertThat(harness.take()).extracting(Signal::kind).containsOnly(SignalKind.MAINTENANCE);
      harness.send(
          Batches.of(PUMP, 2010)
              .maintenance("bearing", 2005, MaintenanceEvent.Kind.REPLACED)
              .reading("temperature_c", 2010, 85));
      List<Signal> signals = harness.take();
      assertThat(signals)
          .extracting(Signal::kind)
          .containsExactly(SignalKind.MAINTENANCE, SignalKind.SYMPTOM_CLEARED);
      assertThat(signals.get(1).eventTimeMillis()).isEqualTo(2005);
      assertThat(signals.get(1).value()).isNaN();
    }
  }

  @Test
  void refusesASilenceLongerThanMemory() {
    Silence silence = new Silence("", Duration.ofDays(91));

    assertThatThrownBy(() -> new DetectSymptomsFunction(DetectHarness.plan(silence)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an asset is forgotten after PT2160H, before it could be silent");
  }
}
