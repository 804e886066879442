package io.foreshock.model;

import io.foreshock.state.PatternRecordSerializer;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A record of a topic about patterns.
 *
 * @param key scope and name; empty when there was none
 * @param value encoded; empty when the pattern is removed
 * @param appendTimeMillis when the broker appended it
 */
@TypeInfo(PatternRecordSerializer.Factory.class)
public record PatternRecord(String key, byte[] value, long appendTimeMillis) {
  public PatternRecord {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }

  public boolean removes() {
    return value.length == 0;
  }
}
