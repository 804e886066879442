package io.foreshock.codec.avro;

import org.apache.avro.generic.GenericRecord;

/**
 * The bytes of a Kafka value to a record in the reader's own schema: fields that the writer did not
 * have get their default, fields that the reader does not know are left out. For one thread.
 */
public interface AvroValueDecoder {

  /**
   * @param value not null: a Kafka record without a value says that its key is deleted
   * @throws UnreadableValueException when these bytes cannot be read; the next ones can
   */
  GenericRecord decode(byte[] value) throws UnreadableValueException;
}
