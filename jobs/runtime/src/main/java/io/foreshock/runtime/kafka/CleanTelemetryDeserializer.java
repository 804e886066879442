package io.foreshock.runtime.kafka;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record of clean telemetry as the batch that ingest wrote. Never throws: what cannot be read is
 * counted, logged once in a while and left out.
 *
 * <p>A control tick (header {@code foreshock-tick}) becomes a batch without a device, which no
 * message can be; its time is the 8 bytes of the header (milliseconds since 1970, big endian), or
 * the record's own time when the header is empty. It moves the watermark and is dropped right
 * behind the source.
 */
final class CleanTelemetryDeserializer implements KafkaRecordDeserializationSchema<TelemetryBatch> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CleanTelemetryDeserializer.class);
  private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final TenantTopic kind;
  private final Duration slowStart;

  private transient SlowStart start;
  private transient Counter unreadable;
  private transient long saidNanos;

  CleanTelemetryDeserializer(TenantTopic kind) {
    this(kind, Duration.ZERO);
  }

  /**
   * @param slowStart how long a task reads no farther than the alignment of sources allows; zero
   *     for not at all
   */
  CleanTelemetryDeserializer(TenantTopic kind, Duration slowStart) {
    this.kind = kind;
    this.slowStart = slowStart;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    unreadable = context.getMetricGroup().counter("unreadable");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TelemetryBatch> out) {
    String tenant = kind.tenantOf(record.topic());
    Header tick = record.headers().lastHeader(RawRecordDeserializer.TICK_HEADER);
    if (tick != null) {
      collect(record, tick(tenant, timeOf(tick, record.timestamp())), out);
      return;
    }
    TelemetryBatch batch = null;
    try {
      if (record.value() == null) {
        leaveOut(record, "it has no value");
      } else {
        batch = TelemetryCodec.parseClean(record.value(), tenant);
      }
    } catch (IOException | RuntimeException e) {
      leaveOut(record, e.getMessage());
    }
    if (batch != null) {
      collect(record, batch, out);
    }
  }

  private void collect(
      ConsumerRecord<byte[], byte[]> record, TelemetryBatch batch, Collector<TelemetryBatch> out) {
    if (start == null) {
      start = new SlowStart(slowStart);
    }
    start.await(record.topic(), record.partition(), batch.appendTimeMillis());
    out.collect(batch);
  }

  private static long timeOf(Header tick, long recordMillis) {
    byte[] value = tick.value();
    return value != null && value.length == Long.BYTES
        ? ByteBuffer.wrap(value).getLong()
        : recordMillis;
  }

  private static TelemetryBatch tick(String tenant, long millis) {
    return new TelemetryBatch(
        new AssetRef(tenant, "tick", ""),
        "",
        "",
        0,
        "",
        millis,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Whether the batch only moves the ingest clock. */
  static boolean isTick(TelemetryBatch batch) {
    return batch.deviceId().isEmpty();
  }

  private void leaveOut(ConsumerRecord<byte[], byte[]> record, String why) {
    if (unreadable == null) {
      unreadable = new SimpleCounter();
    }
    unreadable.inc();
    long now = System.nanoTime();
    if (unreadable.getCount() == 1 || now - saidNanos >= SAY_AGAIN_NANOS) {
      saidNanos = now;
      LOG.warn(
          "Left out topic={} partition={} offset={}, which is no clean telemetry: {}. Only the job ingest may write"
              + " this topic. Said once in a while, counted as unreadable each time.",
          record.topic(),
          record.partition(),
          record.offset(),
          why);
    }
  }

  @Override
  public TypeInformation<TelemetryBatch> getProducedType() {
    return TypeInformation.of(TelemetryBatch.class);
  }
}
