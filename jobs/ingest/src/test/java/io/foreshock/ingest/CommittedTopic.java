package io.foreshock.ingest;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.testing.CommittedRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Clean telemetry that is committed. */
final class CommittedTopic {

  private CommittedTopic() {}

  /** Clean telemetry of a tenant. */
  static List<TelemetryBatch> telemetry(String bootstrapServers, TenantTopic kind, String tenant) {
    return CommittedRecords.read(bootstrapServers, kind.of(tenant)).stream()
        .filter(record -> record.headers().lastHeader("foreshock-tick") == null)
        .map(
            record -> {
              try {
                return TelemetryCodec.parseClean(record.value(), tenant);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }
}
