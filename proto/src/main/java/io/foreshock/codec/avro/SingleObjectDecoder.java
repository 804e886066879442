package io.foreshock.codec.avro;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;

/** Reads single-object encoding; see {@link SingleObjectEncoder}. */
public final class SingleObjectDecoder implements AvroValueDecoder {
  private final RecordReader reader;
  private final Map<Long, Schema> writers = new HashMap<>();

  /**
   * @param reader schema of the records that are given back
   * @param writers schemas that values may have been written with; {@code reader} is one of them in
   *     any case
   */
  public SingleObjectDecoder(Schema reader, Collection<Schema> writers) {
    this.reader = new RecordReader(reader);
    writers.forEach(this::add);
    add(reader);
  }

  private void add(Schema schema) {
    writers.put(SchemaNormalization.parsingFingerprint64(schema), schema);
  }

  @Override
  public GenericRecord decode(byte[] value) throws UnreadableValueException {
    if (!SingleObject.isFrontOf(value)) {
      throw new UnreadableValueException(
          "Value of " + value.length + " bytes " + Described.insteadOfSingleObject(value));
    }
    long fingerprint = SingleObject.fingerprint(value);
    Schema writer = writers.get(fingerprint);
    if (writer == null) {
      throw new UnreadableValueException(
          "Value was written with the schema of fingerprint %016x, which is not among the %d known. Add the .avsc file that it was written with."
              .formatted(fingerprint, writers.size()));
    }
    return reader.read(value, SingleObject.FRONT_BYTES, writer);
  }
}
