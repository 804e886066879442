package io.foreshock.model;

import io.foreshock.state.RawRecordSerializer;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A record as the broker delivered it, before anybody looked inside.
 *
 * @param tenant tenant by the topic's name; the only source of a tenant
 * @param topic topic it was read from
 * @param partition partition of the topic
 * @param offset offset in the partition; with topic and partition the identity of the record
 * @param appendTimeMillis when the broker appended it: the ingest clock
 * @param key record key, empty when there was none
 * @param value record value, empty when there was none
 */
@TypeInfo(RawRecordSerializer.Factory.class)
public record RawRecord(
    String tenant,
    String topic,
    int partition,
    long offset,
    long appendTimeMillis,
    byte[] key,
    byte[] value) {

  public RawRecord {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
