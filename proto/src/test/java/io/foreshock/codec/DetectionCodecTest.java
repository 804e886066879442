package io.foreshock.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectionCodecTest {
  private static final long AT = Readings.time("08:00:10");

  private static Signal signal(SignalKind kind, double value) {
    return new Signal(
        Assets.PUMP,
        kind,
        "rough",
        "vibration_rms_mm_s",
        "",
        "",
        AT,
        value,
        7.1,
        Double.NaN,
        false);
  }

  private static Detection detection(Detection.Severity severity) {
    List<StageEvidence> evidence = new ArrayList<>();
    for (SignalKind kind : SignalKind.values()) {
      evidence.add(new StageEvidence(kind.name(), List.of(signal(kind, 7.5))));
    }
    evidence.add(new StageEvidence("passed over", List.of()));
    return new Detection(
        DetectionIds.of(Assets.PUMP, "bearing-wear", 3, evidence),
        Assets.PUMP,
        "bearing-wear",
        3,
        "bearing",
        "wear",
        severity,
        AT,
        172_800_000,
        false,
        evidence);
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    for (Detection.Severity severity : Detection.Severity.values()) {
      assertThat(DetectionCodec.decode(DetectionCodec.encode(detection(severity))))
          .isEqualTo(detection(severity));
    }
  }

  @Test
  void refusesNumbersItDoesNotKnow() throws Exception {
    byte[] newer =
        io.foreshock.proto.detection.v1.Detection.parseFrom(
                DetectionCodec.encode(detection(Detection.Severity.WATCH)))
            .toBuilder()
            .setSeverityValue(9)
            .build()
            .toByteArray();

    assertThatThrownBy(() -> DetectionCodec.decode(newer))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessage("Field \"severity\" holds 9, but this version knows 1 to 3");
    assertThatThrownBy(() -> DetectionCodec.decode(new byte[0]))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  /**
   * The id is a contract: consumers drop repeats by it, across releases. The value was computed
   * from the description in {@link DetectionIds} by an independent program.
   */
  @Test
  void givesTheSameIdForever() {
    List<StageEvidence> evidence =
        List.of(
            new StageEvidence("shaking", List.of(signal(SignalKind.SYMPTOM, 7.5))),
            new StageEvidence("heating", List.of(signal(SignalKind.FAULT_CODE, Double.NaN))));

    assertThat(DetectionIds.of(Assets.PUMP, "bearing-wear", 3, evidence))
        .isEqualTo("0d737a76e56515d0d6b82b3725ea1a4d");
  }

  @Test
  void givesAnotherIdWhenAnythingDiffers() {
    Signal symptom = signal(SignalKind.SYMPTOM, 7.5);
    Signal later =
        new Signal(
            Assets.PUMP,
            SignalKind.SYMPTOM,
            "rough",
            "vibration_rms_mm_s",
            "",
            "",
            AT + 1,
            7.5,
            0,
            0,
            false);
    Set<String> ids = new HashSet<>();
    ids.add(DetectionIds.of(Assets.PUMP, "a", 1, List.of()));
    ids.add(DetectionIds.of(Assets.PUMP, "b", 1, List.of()));
    ids.add(DetectionIds.of(Assets.PUMP, "a", 2, List.of()));
    ids.add(DetectionIds.of(new AssetRef("globex", "pump-1", "pump"), "a", 1, List.of()));
    ids.add(DetectionIds.of(Assets.PUMP, "a", 1, List.of(stage("s", symptom))));
    ids.add(DetectionIds.of(Assets.PUMP, "a", 1, List.of(stage("s", later))));
    ids.add(DetectionIds.of(Assets.PUMP, "a", 1, List.of(stage("t", symptom))));
    ids.add(DetectionIds.of(Assets.PUMP, "a", 1, List.of(stage("s", symptom, symptom))));
    ids.add(
        DetectionIds.of(Assets.PUMP, "a", 1, List.of(stage("s", symptom), stage("s", symptom))));
    ids.add(
        DetectionIds.of(Assets.PUMP, "a", 1, List.of(stage("s", signal(SignalKind.READING, 7.5)))));
    ids.add(
        DetectionIds.of(Assets.PUMP, "a", 1, List.of(stage("s", signal(SignalKind.SYMPTOM, 7.6)))));

    assertThat(ids).hasSize(11).allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  @Test
  void leavesTheAssetClassOutOfTheId() {
    assertThat(DetectionIds.of(Assets.of("pump-1", ""), "a", 1, List.of()))
        .isEqualTo(DetectionIds.of(Assets.PUMP, "a", 1, List.of()));
    assertThat(
            DetectionIds.of(
                Assets.PUMP, "a", 1, List.of(stage("s", signal(SignalKind.READING, -0.0)))))
        .isEqualTo(
            DetectionIds.of(
                Assets.PUMP, "a", 1, List.of(stage("s", signal(SignalKind.READING, 0)))));
  }

  private static StageEvidence stage(String name, Signal... signals) {
    return new StageEvidence(name, List.of(signals));
  }
}
