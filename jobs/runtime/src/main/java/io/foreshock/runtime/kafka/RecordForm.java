package io.foreshock.runtime.kafka;

import java.io.Serializable;

/** How a value becomes a Kafka record of its tenant. Called once for each record. */
public interface RecordForm<T> extends Serializable {

  /** Tenant whose topic the record goes to. */
  String tenant(T value);

  /** Kind of topic that the record goes to, one of the sink's; null for the sink's only one. */
  default TopicPerTenant topic(T value) {
    return null;
  }

  /** Key of the record; decides the partition. */
  byte[] key(T value);

  /** Bytes of the value; null deletes the key from a compacted topic. */
  byte[] value(T value);

  /** Timestamp of the record in milliseconds since 1970; null leaves it to the broker. */
  default Long timestampMillis(T value) {
    return null;
  }
}
