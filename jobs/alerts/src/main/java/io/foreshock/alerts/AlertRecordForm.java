package io.foreshock.alerts;

import io.foreshock.operators.alerts.AlertRecord;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.charset.StandardCharsets;

/** Alerts, notifications and answers on the topics of their tenant. */
public final class AlertRecordForm implements RecordForm<AlertRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public TenantTopic topic(AlertRecord record) {
    return switch (record.kind()) {
      case ALERT -> TenantTopic.ALERTS;
      case NOTIFICATION -> TenantTopic.NOTIFICATIONS;
      case ANSWER -> TenantTopic.COMMAND_ANSWERS;
    };
  }

  @Override
  public String tenant(AlertRecord record) {
    return record.tenant();
  }

  @Override
  public byte[] key(AlertRecord record) {
    return record.key().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] value(AlertRecord record) {
    return record.value().length == 0 ? null : record.value();
  }
}
