package io.foreshock.runtime.kafka;

import io.foreshock.model.RawRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes a record as the broker delivered it; looks at nothing but its address, so it never fails.
 *
 * <p>A control tick (header {@code foreshock-tick}) becomes a record with offset {@value
 * #TICK_OFFSET}: the watermark of its partition can only advance by a record that leaves the
 * source. {@link RawTelemetrySource} drops it right behind the source.
 */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {
  private static final long serialVersionUID = 1L;

  /** Header of a record that carries no telemetry and only moves the ingest clock. */
  public static final String TICK_HEADER = "foreshock-tick";

  static final long TICK_OFFSET = -1;

  private static final byte[] NOTHING = new byte[0];

  private final TenantTopic kind;

  private transient Map<String, String> tenants;

  public RawRecordDeserializer() {
    this(TenantTopic.RAW);
  }

  /** Of topics of another kind, for which a tick means nothing. */
  RawRecordDeserializer(TenantTopic kind) {
    this.kind = kind;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    if (tenants == null) {
      tenants = new HashMap<>();
    }
    boolean tick = record.headers().lastHeader(TICK_HEADER) != null;
    out.collect(
        new RawRecord(
            tenants.computeIfAbsent(record.topic(), kind::tenantOf),
            record.topic(),
            record.partition(),
            tick ? TICK_OFFSET : record.offset(),
            record.timestamp(),
            orNothing(record.key()),
            orNothing(record.value())));
  }

  /** Whether the record only moves the ingest clock. */
  static boolean isTick(RawRecord record) {
    return record.offset() == TICK_OFFSET;
  }

  private static byte[] orNothing(byte[] bytes) {
    return bytes == null ? NOTHING : bytes;
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }
}
