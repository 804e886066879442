package io.foreshock.mqtt;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.codec.TelemetryRules;
import io.foreshock.codec.TelemetryViolation;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.mqtt.Mapped.Ignored;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MQTT messages to telemetry: a pure function of topic, payload and, where a route says so, time of
 * arrival. Never throws, whatever a device sends.
 *
 * <p>Who sent it is the topic's to say, because brokers grant topics, not payloads.
 */
final class MessageMapper {
  private final List<Route> routes;
  private final long maxMessageSize;

  /**
   * @param maxMessageSize payloads with more bytes are refused unread
   */
  MessageMapper(List<Route> routes, long maxMessageSize) {
    this.routes = List.copyOf(routes);
    this.maxMessageSize = maxMessageSize;
  }

  Mapped map(String topic, byte[] payload, long arrivalMillis) {
    String[] levels = topic.split("/", -1);
    for (Route route : routes) {
      Map<String, String> named = route.topic().match(levels);
      if (named != null) {
        return map(route, named, topic, payload, arrivalMillis);
      }
    }
    return Mapped.ignore("", Ignored.NO_ROUTE);
  }

  private Mapped map(
      Route route, Map<String, String> named, String topic, byte[] payload, long arrivalMillis) {
    String tenant = route.tenantOf(named);
    if (tenant == null) {
      return Mapped.ignore(route.name(), Ignored.UNKNOWN_TENANT);
    }
    if (payload.length == 0) {
      return Mapped.ignore(route.name(), Ignored.EMPTY);
    }
    Incoming incoming =
        new Incoming(
            route,
            topic,
            tenant,
            route.device().fill(named),
            route.asset() == null ? "" : route.asset().fill(named),
            payload,
            Fingerprint.of(topic, payload),
            arrivalMillis);
    List<DeadLetter> letters = new ArrayList<>(0);
    try {
      TelemetryMessage message = read(incoming, letters);
      if (!TelemetryRules.accepts(message)) {
        TelemetryViolation violation = TelemetryViolation.first(message);
        throw new Unreadable(violation.reason(), violation.detail());
      }
      String asset = message.getAssetId().isEmpty() ? message.getDeviceId() : message.getAssetId();
      return new Mapped(
          route.name(), tenant, utf8(asset), message.toByteArray(), List.copyOf(letters), null);
    } catch (Unreadable e) {
      DeadLetter letter =
          incoming.refuse(DeadLetter.WHOLE_RECORD, e.reason(), e.getMessage(), "", payload);
      return new Mapped(route.name(), tenant, incoming.key(), null, List.of(letter), null);
    }
  }

  private TelemetryMessage read(Incoming incoming, List<DeadLetter> letters) throws Unreadable {
    if (incoming.payload().length > maxMessageSize) {
      throw new Unreadable(
          Reason.OVERSIZED,
          incoming.payload().length + " bytes, but at most " + maxMessageSize + " are accepted");
    }
    return incoming.route().json() == null
        ? protobuf(incoming)
        : new JsonPayload(incoming, letters).read();
  }

  /** The message as it is; what it leaves open is filled in from topic and route. */
  private static TelemetryMessage protobuf(Incoming incoming) throws Unreadable {
    TelemetryMessage message;
    try {
      message = TelemetryCodec.parse(incoming.payload());
    } catch (InvalidProtocolBufferException e) {
      throw new Unreadable(Reason.MALFORMED, "no TelemetryMessage: " + e.getMessage());
    }
    agree(Reason.WRONG_TENANT, "tenant", message.getTenant(), incoming.tenant());
    agree(Reason.INVALID_FIELD, "device", message.getDeviceId(), incoming.device());
    if (!incoming.asset().isEmpty()) {
      agree(Reason.INVALID_FIELD, "asset", message.getAssetId(), incoming.asset());
    }
    TelemetryMessage.Builder whole = message.toBuilder().setDeviceId(incoming.device());
    if (message.getAssetId().isEmpty()) {
      whole.setAssetId(incoming.asset());
    }
    if (message.getAssetClass().isEmpty()) {
      whole.setAssetClass(incoming.route().assetClass());
    }
    if (message.getBootId().isEmpty() && message.getMessageId().isEmpty()) {
      whole.setMessageId(incoming.fingerprint().text());
    }
    return whole.build();
  }

  private static void agree(Reason reason, String what, String claimed, String byTopic)
      throws Unreadable {
    if (!claimed.isEmpty() && !claimed.equals(byTopic)) {
      throw new Unreadable(
          reason,
          "claims "
              + what
              + ' '
              + TelemetryViolation.quote(claimed)
              + ", but its topic belongs to "
              + TelemetryViolation.quote(byTopic));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
