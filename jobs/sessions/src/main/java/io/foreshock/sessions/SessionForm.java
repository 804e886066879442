package io.foreshock.sessions;

import io.foreshock.codec.avro.SessionRecords;
import io.foreshock.model.SessionRow;
import io.foreshock.runtime.avro.AvroRecordForm;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.kafka.TopicPerTenant;
import java.nio.charset.StandardCharsets;
import org.apache.avro.generic.IndexedRecord;

/**
 * A row on {@code <tenant>.sessions}: keyed by asset, kind and start, so that compaction keeps the
 * newest revision and removes what was merged away.
 */
final class SessionForm implements AvroRecordForm<SessionRow> {
  private static final long serialVersionUID = 1L;

  @Override
  public String tenant(SessionRow row) {
    return row.asset().tenant();
  }

  @Override
  public TopicPerTenant topic(SessionRow row) {
    return TenantTopic.SESSIONS;
  }

  @Override
  public byte[] key(SessionRow row) {
    return row.key().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public IndexedRecord fields(SessionRow row) {
    return SessionRecords.of(row);
  }
}
