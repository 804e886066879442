package io.foreshock.codec.avro;

import static io.foreshock.codec.avro.AvroSamples.ADDED;
import static io.foreshock.codec.avro.AvroSamples.FIRST;
import static io.foreshock.codec.avro.AvroSamples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class AvroValueEncoderTest {
  private static final HexFormat HEX = HexFormat.of();

  /** Bytes from the schemas, worked out by hand from Avro's specification. */
  @Test
  void putsMarkAndIdBeforeTheValue() {
    ConfluentEncoder confluent = new ConfluentEncoder((subject, schema) -> settled(0x01020304));

    assertThat(
            HEX.formatHex(confluent.encode("acme.features.bearing", row(FIRST, "p1", 0.5, null))))
        .isEqualTo("00" + "01020304" + "047031" + "80a0abfef962" + "02000000000000e03f" + "00");
  }

  @Test
  void singleObjectsAreThoseOfAvroItself() throws IOException {
    GenericRecord row = row(FIRST, "pump-1", 7.1, Double.NaN);
    byte[] ours = new SingleObjectEncoder().encode("acme.features.bearing", row);
    byte[] theirs =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), FIRST).encode(row).array();

    assertThat(ours).startsWith(0xC3, 0x01).isEqualTo(theirs);
    assertThat(new BinaryMessageDecoder<GenericRecord>(GenericData.get(), FIRST).decode(ours))
        .isEqualTo(row);
  }

  @Test
  void oneEncoderServesSchemasAndTopicsInTurn() throws UnreadableValueException {
    List<String> asked = new ArrayList<>();
    ConfluentEncoder confluent =
        new ConfluentEncoder(
            (subject, schema) -> {
              asked.add(subject);
              return settled(schema == FIRST ? 1 : 2);
            });
    ConfluentDecoder decoder = new ConfluentDecoder(FIRST, id -> id == 1 ? FIRST : ADDED);
    for (int round = 0; round < 3; round++) {
      for (String tenant : List.of("acme", "globex")) {
        for (Schema schema : List.of(FIRST, ADDED)) {
          byte[] value = confluent.encode(tenant + ".features.bearing", row(schema, tenant, 1.5));
          assertThat(decoder.decode(value).get("assetId")).hasToString(tenant);
        }
      }
    }
    assertThat(asked)
        .containsExactly(
            "acme.features.bearing-value",
            "acme.features.bearing-value",
            "globex.features.bearing-value",
            "globex.features.bearing-value");
  }

  @Test
  void asksAgainWhileAnIdIsNotSettled() {
    List<SchemaIds.Id> answers =
        new ArrayList<>(List.of(new SchemaIds.Id(7, false), new SchemaIds.Id(8, true)));
    ConfluentEncoder confluent = new ConfluentEncoder((subject, schema) -> answers.remove(0));
    byte[] first = confluent.encode("t", row(FIRST, "a"));
    byte[] second = confluent.encode("t", row(FIRST, "a"));
    byte[] third = confluent.encode("t", row(FIRST, "a"));

    assertThat(List.of(first[4], second[4], third[4]))
        .containsExactly((byte) 7, (byte) 8, (byte) 8);
  }

  @Test
  void aRecordThatDoesNotFitSpoilsNoOtherOne() {
    for (AvroValueEncoder encoder :
        List.of(new SingleObjectEncoder(), new ConfluentEncoder((subject, schema) -> settled(1)))) {
      byte[] before = encoder.encode("t", row(FIRST, "pump-1", 1.0, 2.0));
      assertThatThrownBy(() -> encoder.encode("t", row(FIRST, "pump-1", 1.0, "hot")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("io.foreshock.features.Bearing")
          .hasMessageContaining("hot_1h");
      assertThat(encoder.encode("t", row(FIRST, "pump-1", 1.0, 2.0))).isEqualTo(before);
    }
  }

  @Test
  void encodersTravelWithTheJob() throws Exception {
    AvroValueEncoder encoder = new SingleObjectEncoder();
    byte[] before = encoder.encode("t", row(FIRST, "pump-1"));

    assertThat(InstantiationUtil.clone(encoder).encode("t", row(FIRST, "pump-1")))
        .isEqualTo(before);
  }

  private static SchemaIds.Id settled(int id) {
    return new SchemaIds.Id(id, true);
  }
}
