package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class CleanTelemetryDeserializerTest {
  private static final long RECORD_TIME = 1_700_000_000_000L;
  private static final TelemetryBatch SENT =
      Readings.of(Assets.of("elsewhere", "pump-1", "pump"))
          .sequence(7)
          .at(Readings.time("08:00:00"))
          .appendedAt(Readings.time("08:00:02"))
          .reading("bearing_temperature_c", 50)
          .batch();

  @Test
  void takesTheTenantFromTheTopicAndTheClockFromTheMessage() {
    TelemetryBatch batch =
        read(TenantTopic.TELEMETRY, TelemetryCodec.encodeClean(SENT, false), null).get(0);
    assertThat(batch.asset().tenant()).isEqualTo("acme-2");
    assertThat(batch.appendTimeMillis()).isEqualTo(Readings.time("08:00:02"));
    assertThat(batch.measurements()).isEqualTo(SENT.measurements());
    assertThat(batch.backlog()).isFalse();
    assertThat(CleanTelemetryDeserializer.isTick(batch)).isFalse();
  }

  @Test
  void marksBackfillAsNotLive() {
    assertThat(
            read(TenantTopic.BACKFILL, TelemetryCodec.encodeClean(SENT, true), null)
                .get(0)
                .backlog())
        .isTrue();
  }

  @Test
  void leavesOutWhatNobodyCanReadAndReadsTheNextOne() {
    List<TelemetryBatch> out = new ArrayList<>();
    CleanTelemetryDeserializer deserializer = new CleanTelemetryDeserializer(TenantTopic.TELEMETRY);
    long seed = 20_261_120;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      deserializer.deserialize(
          record(TenantTopic.TELEMETRY, noise, null), new ListCollector<>(out));
    }
    deserializer.deserialize(record(TenantTopic.TELEMETRY, null, null), new ListCollector<>(out));
    deserializer.deserialize(
        record(TenantTopic.TELEMETRY, TelemetryCodec.encode(SENT), null), new ListCollector<>(out));
    assertThat(out).as("seed %d; noise, nothing, and what a device sent", seed).isEmpty();

    deserializer.deserialize(
        record(TenantTopic.TELEMETRY, TelemetryCodec.encodeClean(SENT, false), null),
        new ListCollector<>(out));
    assertThat(out).hasSize(1);
  }

  @Test
  void readsTheTimeOfATickFromItsHeaderOrElseFromTheRecord() {
    byte[] watermark = ByteBuffer.allocate(8).putLong(42).array();
    TelemetryBatch tick = read(TenantTopic.TELEMETRY, null, watermark).get(0);
    assertThat(CleanTelemetryDeserializer.isTick(tick)).isTrue();
    assertThat(tick.appendTimeMillis()).isEqualTo(42);
    assertThat(read(TenantTopic.TELEMETRY, null, new byte[0]).get(0).appendTimeMillis())
        .isEqualTo(RECORD_TIME);
  }

  private static List<TelemetryBatch> read(TenantTopic kind, byte[] value, byte[] tick) {
    List<TelemetryBatch> out = new ArrayList<>();
    new CleanTelemetryDeserializer(kind)
        .deserialize(record(kind, value, tick), new ListCollector<>(out));
    return out;
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TenantTopic kind, byte[] value, byte[] tick) {
    RecordHeaders headers = new RecordHeaders();
    if (tick != null) {
      headers.add(RawRecordDeserializer.TICK_HEADER, tick);
    }
    return new ConsumerRecord<>(
        kind.of("acme-2"),
        3,
        90_211,
        RECORD_TIME,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        new byte[] {1},
        value,
        headers,
        Optional.empty());
  }
}
