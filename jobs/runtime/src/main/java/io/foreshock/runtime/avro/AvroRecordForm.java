package io.foreshock.runtime.avro;

import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TopicPerTenant;
import java.io.Serializable;
import org.apache.avro.generic.IndexedRecord;

/** How a value becomes a Kafka record of its tenant whose value is Avro. */
public interface AvroRecordForm<T> extends Serializable {

  /** Tenant whose topic the record goes to. */
  String tenant(T value);

  /** Kind of topic that the record goes to. */
  TopicPerTenant topic(T value);

  /** Key of the record; decides the partition, and what a later record replaces. Never null. */
  byte[] key(T value);

  /**
   * The fields; may be the same object each time, refilled. Null deletes the key: the record has no
   * value.
   */
  IndexedRecord fields(T value);

  /** Timestamp of the record in milliseconds since 1970; null leaves it to the broker. */
  default Long timestampMillis(T value) {
    return null;
  }

  /** The form for a sink. */
  static <T> RecordForm<T> encoded(AvroRecordForm<T> form, AvroValueEncoder encoder) {
    return new EncodedForm<>(form, encoder);
  }
}
