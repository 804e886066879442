package io.foreshock.codec.avro;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads records behind some first bytes into one schema, whatever they were written with. */
final class RecordReader {
  private final Schema schema;
  private final Map<Schema, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

  private BinaryDecoder decoder;

  RecordReader(Schema schema) {
    this.schema = schema;
  }

  GenericRecord read(byte[] value, int from, Schema writer) throws UnreadableValueException {
    BinaryDecoder used =
        DecoderFactory.get().binaryDecoder(value, from, value.length - from, decoder);
    // A decoder that stopped in the middle may spoil the next, good value.
    decoder = null;
    GenericRecord record;
    boolean atEnd;
    try {
      record =
          readers
              .computeIfAbsent(writer, key -> new GenericDatumReader<>(key, schema))
              .read(null, used);
      atEnd = used.isEnd();
    } catch (IOException | RuntimeException e) {
      readers.remove(writer);
      throw new UnreadableValueException(
          "Value of %d bytes, written with %s, cannot be read as %s: %s"
              .formatted(
                  value.length,
                  writer.getFullName(),
                  schema.getFullName(),
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
    if (!atEnd) {
      throw new UnreadableValueException(
          "Value of %d bytes is longer than a record of %s."
              .formatted(value.length, writer.getFullName()));
    }
    decoder = used;
    return record;
  }
}
