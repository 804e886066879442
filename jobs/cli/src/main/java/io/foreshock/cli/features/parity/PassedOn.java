package io.foreshock.cli.features.parity;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * What ingest passed on, as records of its two topics in the order in which they were written. Its
 * sinks are in the task that passes on, so the order of an asset is that of ingest.
 */
final class PassedOn implements AutoCloseable {
  private static final Map<String, List<RawRecord>> RECORDS = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();

  PassedOn() {
    RECORDS.put(run, new ArrayList<>());
  }

  /**
   * In the order of the ingest clock: tasks of a replay at full speed are weeks apart, which those
   * behind a real topic never are. Records of an asset stay in the order in which they were passed
   * on.
   */
  List<RawRecord> records() {
    record Written(long atMillis, RawRecord record) {}
    Map<String, Long> clocks = new HashMap<>();
    List<Written> written = new ArrayList<>();
    for (RawRecord record : RECORDS.get(run)) {
      String asset = record.tenant() + '/' + new String(record.key(), StandardCharsets.UTF_8);
      long at = clocks.merge(asset, record.appendTimeMillis(), Math::max);
      written.add(new Written(at, record));
    }
    written.sort(Comparator.comparingLong(Written::atMillis));
    return written.stream().map(Written::record).toList();
  }

  Sink<TelemetryBatch> sink(boolean backfill) {
    return new Writing(run, backfill);
  }

  private record Writing(String run, boolean backfill) implements Sink<TelemetryBatch> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<TelemetryBatch> createWriter(WriterInitContext context) {
      List<RawRecord> records = RECORDS.get(run);
      TenantTopic topic = backfill ? TenantTopic.BACKFILL : TenantTopic.TELEMETRY;
      return new SinkWriter<>() {
        @Override
        public void write(TelemetryBatch batch, Context at) {
          String tenant = batch.asset().tenant();
          byte[] key = batch.asset().assetId().getBytes(StandardCharsets.UTF_8);
          byte[] value = TelemetryCodec.encodeClean(batch, backfill);
          synchronized (records) {
            records.add(
                new RawRecord(
                    tenant,
                    topic.of(tenant),
                    0,
                    records.size(),
                    batch.appendTimeMillis(),
                    key,
                    value));
          }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }

  @Override
  public void close() {
    RECORDS.remove(run);
  }
}
