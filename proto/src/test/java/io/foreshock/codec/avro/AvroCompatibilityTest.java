package io.foreshock.codec.avro;

import static io.foreshock.codec.avro.AvroSamples.ADDED;
import static io.foreshock.codec.avro.AvroSamples.FIRST;
import static io.foreshock.codec.avro.AvroSamples.REMOVED;
import static io.foreshock.codec.avro.AvroSamples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Old consumers and new rows, new consumers and old rows, in both wire forms. */
class AvroCompatibilityTest {
  private static final List<Schema> VERSIONS = List.of(FIRST, ADDED, REMOVED);

  enum Form {
    SINGLE_OBJECT {
      @Override
      AvroValueEncoder encoder() {
        return new SingleObjectEncoder();
      }

      @Override
      AvroValueDecoder decoder(Schema reader) {
        return new SingleObjectDecoder(reader, VERSIONS);
      }
    },
    CONFLUENT {
      @Override
      AvroValueEncoder encoder() {
        return new ConfluentEncoder(
            (subject, schema) -> new SchemaIds.Id(VERSIONS.indexOf(schema), true));
      }

      @Override
      AvroValueDecoder decoder(Schema reader) {
        return new ConfluentDecoder(reader, VERSIONS::get);
      }
    };

    abstract AvroValueEncoder encoder();

    abstract AvroValueDecoder decoder(Schema reader);
  }

  @ParameterizedTest
  @EnumSource
  void oldConsumerReadsRowsWithOneFieldMore(Form form) throws UnreadableValueException {
    GenericRecord read = read(form, row(ADDED, "pump-1", 1.0, 2.0, 3.0), FIRST);

    assertThat(read).isEqualTo(row(FIRST, "pump-1", 1.0, 2.0));
  }

  @ParameterizedTest
  @EnumSource
  void newConsumerReadsOldRowsWithTheFieldAbsent(Form form) throws UnreadableValueException {
    GenericRecord read = read(form, row(FIRST, "pump-1", 1.0, 2.0), ADDED);

    assertThat(read).isEqualTo(row(ADDED, "pump-1", 1.0, 2.0, null));
  }

  @ParameterizedTest
  @EnumSource
  void oldConsumerSeesARemovedFieldAsAbsent(Form form) throws UnreadableValueException {
    GenericRecord read = read(form, row(REMOVED, "pump-1", 1.0, 3.0), ADDED);

    assertThat(read).isEqualTo(row(ADDED, "pump-1", 1.0, null, 3.0));
  }

  @ParameterizedTest
  @EnumSource
  void newConsumerDoesNotSeeARemovedField(Form form) throws UnreadableValueException {
    GenericRecord read = read(form, row(ADDED, "pump-1", 1.0, 2.0, 3.0), REMOVED);

    assertThat(read).isEqualTo(row(REMOVED, "pump-1", 1.0, 3.0));
  }

  @ParameterizedTest
  @EnumSource
  void damagedValuesSpoilNoOtherOne(Form form) throws UnreadableValueException {
    byte[] good = form.encoder().encode("t", row(ADDED, "pump-1", 1.0, 2.0, 3.0));
    AvroValueDecoder decoder = form.decoder(FIRST);
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> decoder.decode(cut)).isInstanceOf(UnreadableValueException.class);
      assertThat(decoder.decode(good)).isEqualTo(row(FIRST, "pump-1", 1.0, 2.0));
    }
    assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(good, good.length + 1)))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessageContaining("longer than a record of io.foreshock.features.Bearing");
  }

  @Test
  void saysWhatBytesAreInstead() {
    GenericRecord row = row(FIRST, "pump-1");
    byte[] single = Form.SINGLE_OBJECT.encoder().encode("t", row);
    byte[] confluent = Form.CONFLUENT.encoder().encode("t", row);

    assertThatThrownBy(() -> Form.CONFLUENT.decoder(FIRST).decode(single))
        .hasMessageEndingWith("it looks like single-object encoding. Read it with the .avsc file.");
    assertThatThrownBy(() -> Form.SINGLE_OBJECT.decoder(FIRST).decode(confluent))
        .hasMessageEndingWith(
            "it looks like Confluent's wire format. Read it with the schema registry.");
    assertThatThrownBy(
            () ->
                Form.SINGLE_OBJECT
                    .decoder(FIRST)
                    .decode("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .hasMessage(
            "Value of 7 bytes begins with 7B 22, not with C3 01 and a fingerprint: not in single-object encoding.");
    assertThatThrownBy(
            () ->
                new SingleObjectDecoder(FIRST, List.of())
                    .decode(new SingleObjectEncoder().encode("t", row(ADDED, "a"))))
        .hasMessageContaining("which is not among the 1 known. Add the .avsc file");
  }

  private static GenericRecord read(Form form, GenericRecord written, Schema reader)
      throws UnreadableValueException {
    byte[] value = form.encoder().encode("acme.features.bearing", written);
    return form.decoder(reader).decode(value);
  }
}
