package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RawRecordDeserializerTest {
  private static final byte[] KEY = {1};
  private static final byte[] VALUE = {2, 3};

  @Test
  void takesTheTenantFromTheTopicAndTheClockFromTheBroker() {
    RawRecord record = deserialize(KEY, VALUE, new RecordHeaders());
    assertThat(record.tenant()).isEqualTo("acme-2");
    assertThat(record.topic()).isEqualTo("acme-2.telemetry.raw");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.offset()).isEqualTo(90_211);
    assertThat(record.appendTimeMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(record.key()).isEqualTo(KEY);
    assertThat(record.value()).isEqualTo(VALUE);
    assertThat(RawRecordDeserializer.isTick(record)).isFalse();
  }

  @Test
  void takesNullsForEmpty() {
    RawRecord record = deserialize(null, null, new RecordHeaders());
    assertThat(record.key()).isEmpty();
    assertThat(record.value()).isEmpty();
  }

  @Test
  void marksATickAndKeepsItsTime() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(RawRecordDeserializer.TICK_HEADER, new byte[0]);
    RawRecord record = deserialize(null, null, headers);
    assertThat(RawRecordDeserializer.isTick(record)).isTrue();
    assertThat(record.appendTimeMillis()).isEqualTo(1_700_000_000_000L);
  }

  private static RawRecord deserialize(byte[] key, byte[] value, RecordHeaders headers) {
    List<RawRecord> out = new ArrayList<>();
    new RawRecordDeserializer()
        .deserialize(
            new ConsumerRecord<>(
                "acme-2.telemetry.raw",
                3,
                90_211,
                1_700_000_000_000L,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty()),
            new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }
}
