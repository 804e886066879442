package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Notification;
import java.util.List;

/** {@link Notification} to the bytes on {@code <tenant>.notifications} and back. */
public final class NotificationCodec {
  private static final Detection.Severity[] SEVERITIES = Detection.Severity.values();
  private static final Notification.Kind[] KINDS = Notification.Kind.values();

  private NotificationCodec() {}

  public static byte[] encode(Notification notification) {
    var message =
        io.foreshock.proto.notification.v1.Notification.newBuilder()
            .setId(notification.id())
            .setDedupKey(notification.dedupKey())
            .setKindValue(notification.kind().ordinal() + 1)
            .setTenant(notification.tenant())
            .setSite(notification.site())
            .setAlertId(notification.alertId())
            .setAlertRevision(notification.alertRevision())
            .setComponent(notification.component())
            .setFailureMode(notification.failureMode())
            .setSeverityValue(notification.severity().ordinal() + 1)
            .setStep(notification.step())
            .setRepeat(notification.repeat())
            .setTitle(notification.title())
            .setText(notification.text())
            .setCreatedAtEpochMillis(notification.createdAtMillis())
            .setEventTimeEpochMillis(notification.eventTimeMillis())
            .setAlertCount(notification.alertCount())
            .addAllAlertIds(notification.alertIds());
    if (notification.asset() != null) {
      message
          .setAssetId(notification.asset().assetId())
          .setAssetClass(notification.asset().assetClass());
    }
    for (Notification.Recipient recipient : notification.recipients()) {
      message.addRecipients(
          io.foreshock.proto.notification.v1.Recipient.newBuilder()
              .setChannel(recipient.channel())
              .setAddress(recipient.address()));
    }
    return message.build().toByteArray();
  }

  /**
   * @throws InvalidProtocolBufferException when the bytes are no Notification, lack its tenant, or
   *     hold a severity or kind that this version does not know
   */
  public static Notification decode(byte[] bytes) throws InvalidProtocolBufferException {
    var message = io.foreshock.proto.notification.v1.Notification.parseFrom(bytes);
    if (message.getTenant().isEmpty()) {
      throw new InvalidProtocolBufferException("A notification needs a tenant");
    }
    List<Notification.Recipient> recipients =
        message.getRecipientsList().stream()
            .map(wire -> new Notification.Recipient(wire.getChannel(), wire.getAddress()))
            .toList();
    return new Notification(
        message.getId(),
        message.getDedupKey(),
        WireEnums.fromNumber(KINDS, message.getKindValue(), "kind"),
        message.getTenant(),
        message.getAssetId().isEmpty()
            ? null
            : new AssetRef(message.getTenant(), message.getAssetId(), message.getAssetClass()),
        message.getSite(),
        message.getAlertId(),
        message.getAlertRevision(),
        message.getComponent(),
        message.getFailureMode(),
        WireEnums.fromNumber(SEVERITIES, message.getSeverityValue(), "severity"),
        recipients,
        message.getStep(),
        message.getRepeat(),
        message.getTitle(),
        message.getText(),
        message.getCreatedAtEpochMillis(),
        message.getEventTimeEpochMillis(),
        message.getAlertCount(),
        List.copyOf(message.getAlertIdsList()));
  }
}
