package io.foreshock.operators.alerts;

import io.foreshock.codec.AlertCodec;
import io.foreshock.codec.CommandCodec;
import io.foreshock.codec.NotificationCodec;
import io.foreshock.model.Alert;
import io.foreshock.model.CommandAnswer;
import io.foreshock.model.Notification;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Something to be written, encoded: all kinds in one stream, so that one transaction holds them.
 *
 * @param kind what it is
 * @param tenant tenant it belongs to
 * @param key key of the record
 * @param value its bytes; empty for an alert that is forgotten
 */
@TypeInfo(AlertRecordSerializer.Factory.class)
public record AlertRecord(Kind kind, String tenant, String key, byte[] value) {
  private static final byte[] NOTHING = new byte[0];

  /** What is written. Order and names are part of the network format. */
  public enum Kind {
    ALERT,
    NOTIFICATION,
    ANSWER
  }

  public static AlertRecord of(Alert alert) {
    return new AlertRecord(
        Kind.ALERT, alert.asset().tenant(), alert.id(), AlertCodec.encode(alert));
  }

  /** Makes a compacted topic forget the alert. */
  public static AlertRecord forgotten(String tenant, String alertId) {
    return new AlertRecord(Kind.ALERT, tenant, alertId, NOTHING);
  }

  public static AlertRecord of(Notification notification) {
    return new AlertRecord(
        Kind.NOTIFICATION,
        notification.tenant(),
        notification.dedupKey(),
        NotificationCodec.encode(notification));
  }

  public static AlertRecord of(CommandAnswer answer) {
    return new AlertRecord(
        Kind.ANSWER, answer.tenant(), answer.commandId(), CommandCodec.encode(answer));
  }
}
