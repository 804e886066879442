package io.foreshock.runtime.avro;

import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TopicPerTenant;
import java.util.Objects;
import org.apache.avro.generic.IndexedRecord;

/** An {@link AvroRecordForm} in bytes. */
record EncodedForm<T>(AvroRecordForm<T> form, AvroValueEncoder encoder) implements RecordForm<T> {
  private static final long serialVersionUID = 1L;

  @Override
  public String tenant(T value) {
    return form.tenant(value);
  }

  @Override
  public TopicPerTenant topic(T value) {
    return form.topic(value);
  }

  @Override
  public byte[] key(T value) {
    return Objects.requireNonNull(form.key(value), "A record of a compacted topic needs a key.");
  }

  @Override
  public byte[] value(T value) {
    IndexedRecord fields = form.fields(value);
    return fields == null ? null : encoder.encode(form.topic(value).of(form.tenant(value)), fields);
  }

  @Override
  public Long timestampMillis(T value) {
    return form.timestampMillis(value);
  }
}
