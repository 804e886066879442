package io.foreshock.notifier;

import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.channel.Page;
import io.foreshock.proto.notification.v1.Kind;
import io.foreshock.proto.notification.v1.Notification;
import io.foreshock.proto.notification.v1.Recipient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Notifications and pages as tests need them. */
public final class Pages {
  public static final long SOME_TIME = Instant.parse("2026-11-20T08:00:00Z").toEpochMilli();

  private Pages() {}

  /** Somebody must act, about a bearing of one pump. */
  public static Notification.Builder page(String tenant, String asset) {
    String alert = asset + "/bearing/wear";
    return Notification.newBuilder()
        .setId(id(tenant, asset, "page"))
        .setDedupKey(tenant + "/" + alert + "/1")
        .setKind(Kind.KIND_PAGE)
        .setTenant(tenant)
        .setAlertId(alert)
        .setAlertRevision(1)
        .setAssetId(asset)
        .setAssetClass("pump")
        .setSite("hall-2")
        .setComponent("bearing")
        .setFailureMode("wear")
        .setSeverity(io.foreshock.proto.detection.v1.Severity.SEVERITY_CRITICAL)
        .setTitle(asset + ": bearing wear")
        .setText("shaking 4.8 mm/s > 4.5\nworse 7.7 mm/s > 7.1")
        .setCreatedAtEpochMillis(System.currentTimeMillis())
        .setEventTimeEpochMillis(System.currentTimeMillis() - 1_000)
        .setAlertCount(1);
  }

  /** The same incident is over. */
  public static Notification.Builder resolved(String tenant, String asset) {
    return page(tenant, asset)
        .setId(id(tenant, asset, "resolved"))
        .setKind(Kind.KIND_RESOLVED)
        .setTitle("Over: " + asset + ": bearing wear");
  }

  public static Recipient recipient(String channel, String address) {
    return Recipient.newBuilder().setChannel(channel).setAddress(address).build();
  }

  /** An id as the job makes them: a function of what it is about. */
  public static String id(String... parts) {
    return UUID.nameUUIDFromBytes(String.join(" ", parts).getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  /** A page as channels get it. */
  public static Page of(Page.Kind kind, Severity severity) {
    return new Page(
        id(kind.name(), severity.name()),
        "acme/pump-1/bearing/wear/1",
        kind,
        new Page.Subject(
            "acme", "pump-1/bearing/wear", "pump-1", "pump", "hall-2", "bearing", "wear"),
        severity,
        List.of(),
        List.of(),
        SOME_TIME,
        SOME_TIME - 1_000,
        "pump-1: bearing wear",
        List.of("shaking 4.8 mm/s > 4.5"),
        Duration.ZERO);
  }
}
