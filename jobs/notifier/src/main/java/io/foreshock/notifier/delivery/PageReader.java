package io.foreshock.notifier.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.channel.Page;
import io.foreshock.proto.notification.v1.Kind;
import io.foreshock.proto.notification.v1.Notification;
import java.time.Duration;
import java.util.List;

/** Reads pages from records of {@code <tenant>.notifications}. */
final class PageReader {
  private static final Severity[] SEVERITIES = Severity.values();

  private PageReader() {}

  /**
   * @param tenant of the topic; the payload may name no other
   * @throws InvalidProtocolBufferException saying what is wrong with the record
   */
  static Page read(String tenant, byte[] value) throws InvalidProtocolBufferException {
    if (value == null) {
      throw new InvalidProtocolBufferException("the record is empty");
    }
    Notification from = Notification.parseFrom(value);
    require(!from.getId().isEmpty() && !from.getDedupKey().isEmpty(), "it has no id or dedup_key");
    require(
        from.getTenant().equals(tenant),
        "it names tenant \"" + from.getTenant() + "\" on a topic of \"" + tenant + '"');
    int severity = from.getSeverityValue() - 1;
    require(severity >= 0 && severity < SEVERITIES.length, "its severity is unknown");
    long created = from.getCreatedAtEpochMillis();
    return new Page(
        from.getId(),
        from.getDedupKey(),
        kind(from),
        new Page.Subject(
            tenant,
            from.getAlertId(),
            from.getAssetId(),
            from.getAssetClass(),
            from.getSite(),
            from.getComponent(),
            from.getFailureMode()),
        SEVERITIES[severity],
        from.getRecipientsList().stream()
            .map(to -> new Page.Recipient(to.getChannel(), to.getAddress()))
            .toList(),
        List.of(),
        created,
        from.getEventTimeEpochMillis() == 0 ? created : from.getEventTimeEpochMillis(),
        from.getTitle().isEmpty() ? from.getDedupKey() : from.getTitle(),
        from.getText().lines().toList(),
        Duration.ZERO);
  }

  private static Page.Kind kind(Notification from) throws InvalidProtocolBufferException {
    Kind kind = from.getKind();
    return switch (kind) {
      case KIND_PAGE -> Page.Kind.PAGE;
      case KIND_SUMMARY -> Page.Kind.SUMMARY;
      case KIND_UPDATE -> Page.Kind.UPDATE;
      case KIND_ACKNOWLEDGED -> Page.Kind.ACKNOWLEDGED;
      case KIND_RESOLVED -> Page.Kind.RESOLVED;
      case KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidProtocolBufferException("its kind is unknown");
    };
  }

  private static void require(boolean holds, String otherwise)
      throws InvalidProtocolBufferException {
    if (!holds) {
      throw new InvalidProtocolBufferException(otherwise);
    }
  }
}
