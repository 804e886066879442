package io.foreshock.patterns.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.PatternDocument;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class LivePatternSerializerTest {
  private static final LivePattern SAMPLE =
      new LivePattern(
          new PatternDocument("acme", "wear", 3, "pattern: wear", true, 1_767L, "ann"), 5, 9);

  /** Version 1 as it stands in savepoints. */
  private static final String GOLDEN =
      "010861636d650877656172031a7061747465726e3a2077656172"
          + "0100000000000006e706616e6e00000000000000050000000000000009";

  @Test
  void readsWhatVersionOneWrote() throws Exception {
    byte[] bytes = HexFormat.of().parseHex(GOLDEN);
    assertThat(LivePatternSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)))
        .isEqualTo(SAMPLE);
    DataOutputSerializer out = new DataOutputSerializer(64);
    LivePatternSerializer.INSTANCE.serialize(SAMPLE, out);
    assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer())).isEqualTo(GOLDEN);
  }
}
