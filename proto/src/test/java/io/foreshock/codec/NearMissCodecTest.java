package io.foreshock.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.NearMiss;
import io.foreshock.model.NearMiss.Reason;
import io.foreshock.model.PatternTrace;
import io.foreshock.model.Signal;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearMissCodecTest {
  private static final long AT = Readings.time("08:00:10");

  private static Signal signal() {
    return Signal.symptom(Assets.PUMP, true, "rough", "vibration_rms_mm_s", AT, 7.5, 7.1, 1, false);
  }

  private static NearMiss miss(Reason reason, Signal endedBy, long endedAt) {
    List<StageEvidence> evidence =
        List.of(
            new StageEvidence("shaking", List.of(signal())),
            new StageEvidence("heating", List.of()));
    return new NearMiss(
        DetectionIds.ofNearMiss(Assets.PUMP, "bearing-wear", 3, evidence, reason, endedAt),
        Assets.PUMP,
        "bearing-wear",
        3,
        reason,
        "shaking",
        "heating",
        endedBy == null ? "" : "repaired",
        endedBy,
        endedAt,
        false,
        evidence);
  }

  @Test
  void readsBackWhatItWroteAndFulfilsItsContract() throws Exception {
    Validator validator = ValidatorFactory.newBuilder().build();
    for (Reason reason : Reason.values()) {
      NearMiss miss = miss(reason, reason == Reason.FORBIDDEN_STAGE ? signal() : null, AT);
      byte[] bytes = NearMissCodec.encode(miss);
      assertThat(NearMissCodec.decode(bytes)).isEqualTo(miss);
      var message = io.foreshock.proto.nearmiss.v1.NearMiss.parseFrom(bytes);
      assertThat(message.getReason().name()).isEqualTo("REASON_" + reason.name());
      assertThat(validator.validate(message).getViolations()).isEmpty();
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    byte[] newer =
        io.foreshock.proto.nearmiss.v1.NearMiss.newBuilder()
            .setTenant("acme")
            .setAssetId("pump-1")
            .setReasonValue(17)
            .build()
            .toByteArray();
    assertThatThrownBy(() -> NearMissCodec.decode(newer))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessage("Field \"reason\" holds 17, but this version knows 1 to 6");
    assertThatThrownBy(() -> NearMissCodec.decode(new byte[0]))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessage("A near miss needs a tenant and an asset");
  }

  @Test
  void givesEachEndingItsOwnId() {
    Set<String> ids = new HashSet<>();
    for (Reason reason : Reason.values()) {
      assertThat(ids.add(miss(reason, null, AT).id())).isTrue();
      assertThat(ids.add(miss(reason, null, AT + 1).id())).isTrue();
      assertThat(ids.add(miss(reason, null, AT).id())).isFalse();
    }
  }

  @Test
  void readsBackARequestForNearMisses() throws Exception {
    PatternTrace trace = new PatternTrace("acme", "wear", List.of("pump-1", "pump-2"), AT, "ops");
    assertThat(PatternCodec.decodeTrace(PatternCodec.encode(trace))).isEqualTo(trace);
    assertThat(trace.key()).isEqualTo("_trace/acme/wear");
    assertThat(trace.covers(Assets.pump("pump-2"))).isTrue();
    assertThat(trace.covers(Assets.pump("pump-3"))).isFalse();
    assertThat(new PatternTrace("", "wear", List.of(), AT, "").covers(Assets.PUMP)).isTrue();
    assertThat(new PatternTrace("zeta", "wear", List.of(), AT, "").covers(Assets.PUMP)).isFalse();
  }
}
