package io.foreshock.codec.avro;

import java.io.Serializable;
import org.apache.avro.generic.IndexedRecord;

/**
 * A record to the bytes of a Kafka value, with a mark in front by which a reader finds the schema.
 *
 * <p>Not for several threads at once: buffers are used again. Allocates the result and nothing else
 * once a schema has been seen; a caller keeps one {@link org.apache.avro.Schema} object per schema
 * and may hand over the same record object, refilled.
 *
 * <p>A deleted key is a Kafka record without a value: the sink's business, never asked here.
 */
public interface AvroValueEncoder extends Serializable {

  /**
   * Encodes with the record's own schema.
   *
   * @param topic topic that the value goes to; a schema registry keeps schemas by topic
   * @param record not kept
   * @throws IllegalArgumentException naming the field when the record does not fit its own schema:
   *     a bug of whoever made it
   */
  byte[] encode(String topic, IndexedRecord record);
}
