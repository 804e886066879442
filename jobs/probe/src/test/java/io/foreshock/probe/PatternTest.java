package io.foreshock.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import org.junit.jupiter.api.Test;

class PatternTest {

  @Test
  void namesWhatTheMessagesCarry() throws InvalidProtocolBufferException {
    ProbeMessages messages = new ProbeMessages("probe-1");
    TelemetryMessage first = TelemetryMessage.parseFrom(messages.next(1_767_600_000_000L));
    TelemetryMessage second = TelemetryMessage.parseFrom(messages.next(1_767_600_005_000L));

    assertThat(ProbeMain.pattern())
        .contains("fault.code == \"" + first.getFaultCodes(0).getCode() + '"')
        .contains("assetClass: [" + first.getAssetClass() + "]");
    assertThat(second.getSequence()).isEqualTo(first.getSequence() + 1);
    assertThat(second.getFaultCodes(0).getEventTimeEpochMillis()).isEqualTo(1_767_600_005_000L);
    assertThat(ProbeMessages.alertId()).isEqualTo("foreshock-probe/pipeline/probe");
  }
}
