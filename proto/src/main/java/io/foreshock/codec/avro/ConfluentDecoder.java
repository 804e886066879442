package io.foreshock.codec.avro;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Reads Confluent's wire format; see {@link ConfluentEncoder}. Asks for each id once. */
public final class ConfluentDecoder implements AvroValueDecoder {
  private final RecordReader reader;
  private final SchemasById schemas;
  private final Map<Integer, Schema> known = new HashMap<>();

  /** Schemas that a registry keeps. */
  @FunctionalInterface
  public interface SchemasById {

    /**
     * The schema with this id.
     *
     * @throws UnreadableValueException when the registry has none
     * @throws RuntimeException when the registry does not answer: says nothing about the value
     */
    Schema of(int id) throws UnreadableValueException;
  }

  /**
   * @param reader schema of the records that are given back
   */
  public ConfluentDecoder(Schema reader, SchemasById schemas) {
    this.reader = new RecordReader(reader);
    this.schemas = schemas;
  }

  @Override
  public GenericRecord decode(byte[] value) throws UnreadableValueException {
    if (!Confluent.isFrontOf(value)) {
      throw new UnreadableValueException(
          "Value of " + value.length + " bytes " + Described.insteadOfConfluent(value));
    }
    int id = Confluent.id(value);
    Schema writer = known.get(id);
    if (writer == null) {
      writer = schemas.of(id);
      known.put(id, writer);
    }
    return reader.read(value, Confluent.FRONT_BYTES, writer);
  }
}
