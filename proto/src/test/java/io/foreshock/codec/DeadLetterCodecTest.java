package io.foreshock.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.deadletter.v1.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeadLetterCodecTest {

  private static DeadLetter letter(DeadLetter.Reason reason, byte[] value) {
    return new DeadLetter(
        new RawRecord("acme", "acme.telemetry.raw", 3, 90211, 17, new byte[] {1}, value),
        5,
        reason,
        "value is 1284.0 °C",
        "pump-1",
        "bearing_temperature_c");
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
      DeadLetter letter = letter(reason, new byte[] {1, 2, 3});

      assertThat(DeadLetterCodec.decode(DeadLetterCodec.encode(letter)))
          .usingRecursiveComparison()
          .isEqualTo(letter);
      assertThat(Reason.forNumber(reason.ordinal() + 1).name())
          .isEqualTo("REASON_" + reason.name());
    }
  }

  @Test
  void cutsALongValueAndStatesItsSize() throws Exception {
    byte[] value = new byte[DeadLetterCodec.MAX_VALUE_BYTES + 1];
    Arrays.fill(value, (byte) 7);

    byte[] bytes = DeadLetterCodec.encode(letter(DeadLetter.Reason.OVERSIZED, value));

    assertThat(DeadLetterCodec.decode(bytes).source().value())
        .isEqualTo(Arrays.copyOf(value, DeadLetterCodec.MAX_VALUE_BYTES));
    assertThat(io.foreshock.proto.deadletter.v1.DeadLetter.parseFrom(bytes).getOriginalSize())
        .isEqualTo(value.length);
  }

  @Test
  void refusesAReasonItDoesNotKnow() {
    byte[] newer =
        io.foreshock.proto.deadletter.v1.DeadLetter.newBuilder()
            .setReasonValue(77)
            .build()
            .toByteArray();

    assertThatThrownBy(() -> DeadLetterCodec.decode(newer))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessage("Field \"reason\" holds 77, but this version knows 1 to 10");
  }
}
