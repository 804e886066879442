package io.foreshock.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternCodecTest {
  private static final PatternDocument DOCUMENT =
      new PatternDocument("acme", "wear", 3, "pattern: wear\n# 温度 °C\n", true, 1_767L, "ann");

  @Test
  void readsBackTheDocumentItWrote() throws Exception {
    assertThat(PatternCodec.decode(PatternCodec.encode(DOCUMENT))).isEqualTo(DOCUMENT);
    assertThat(DOCUMENT.key()).isEqualTo("acme/wear");
    assertThat(PatternDocument.key("", "wear")).isEqualTo("_all/wear");
  }

  @Test
  void readsBackTheStatusItWrote() throws Exception {
    for (PatternStatus.State state : PatternStatus.State.values()) {
      PatternStatus status =
          new PatternStatus("", "wear", state, 3, 1_767L, List.of("too long", "too hot"));

      assertThat(PatternCodec.decodeStatus(PatternCodec.encode(status))).isEqualTo(status);
      assertThat(
              io.foreshock.proto.pattern.v1.PatternStatus.State.forNumber(state.ordinal() + 1)
                  .name())
          .isEqualTo("STATE_" + state.name());
    }
  }

  @Test
  void refusesBytesThatAreNeither() {
    byte[] bytes = {1, 2, 3};
    assertThatThrownBy(() -> PatternCodec.decode(bytes))
        .isInstanceOf(InvalidProtocolBufferException.class);
    assertThatThrownBy(() -> PatternCodec.decodeStatus(new byte[0]))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  @Test
  void tellsSameContentFromSamePublication() {
    assertThat(DOCUMENT.sameAs(DOCUMENT.published(9, "bob"))).isTrue();
    assertThat(DOCUMENT.sameAs(DOCUMENT.withPaused(false))).isFalse();
    assertThat(DOCUMENT.sameAs(null)).isFalse();
  }
}
