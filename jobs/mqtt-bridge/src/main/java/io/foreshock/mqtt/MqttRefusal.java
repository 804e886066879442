package io.foreshock.mqtt;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Why the MQTT broker does not let the bridge in, in words for the person on call. */
final class MqttRefusal {
  private static final Set<Mqtt5ConnAckReasonCode> TRANSIENT =
      Set.of(
          Mqtt5ConnAckReasonCode.UNSPECIFIED_ERROR,
          Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE,
          Mqtt5ConnAckReasonCode.SERVER_BUSY,
          Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED,
          Mqtt5ConnAckReasonCode.USE_ANOTHER_SERVER,
          Mqtt5ConnAckReasonCode.CONNECTION_RATE_EXCEEDED);

  private MqttRefusal() {}

  /** Whether trying again is useless until somebody repairs something. */
  static boolean isFinal(Throwable cause) {
    Mqtt5ConnAckException refusal = find(cause, Mqtt5ConnAckException.class);
    return refusal != null && !TRANSIENT.contains(refusal.getMqttMessage().getReasonCode())
        || find(cause, SSLException.class) != null;
  }

  /** Whether another client came with the same client id. */
  static boolean isTakenOver(Throwable cause) {
    Mqtt5DisconnectException end = find(cause, Mqtt5DisconnectException.class);
    return end != null
        && end.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER;
  }

  /** Whether the broker sent more ahead of acknowledgements than it was allowed. */
  static boolean isOverrun(Throwable cause) {
    Mqtt5DisconnectException end = find(cause, Mqtt5DisconnectException.class);
    return end != null
        && end.getMqttMessage().getReasonCode()
            == Mqtt5DisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED;
  }

  static String explain(Throwable cause, MqttConfig config) {
    String broker = "MQTT broker " + config.broker();
    Mqtt5ConnAckException refusal = find(cause, Mqtt5ConnAckException.class);
    if (refusal != null) {
      return connAck(broker, refusal.getMqttMessage().getReasonCode(), config);
    }
    Mqtt5SubAckException unsubscribed = find(cause, Mqtt5SubAckException.class);
    if (unsubscribed != null) {
      return broker
          + " does not let "
          + who(config)
          + " subscribe ("
          + unsubscribed.getMqttMessage().getReasonCodes()
          + ", in the order of the routes' names). Check the broker's access rules and"
          + (config.shareGroup().isEmpty()
              ? " the routes."
              : " whether it has shared subscriptions.");
    }
    if (isTakenOver(cause)) {
      return "Another client came to "
          + broker
          + " as \""
          + config.clientId()
          + "\" and took the session over. Give each bridge an mqtt.client-id of its own.";
    }
    SSLException tls = find(cause, SSLException.class);
    if (tls != null) {
      return tls(broker, tls, config);
    }
    if (find(cause, UnknownHostException.class) != null
        || find(cause, UnresolvedAddressException.class) != null) {
      return broker + " cannot be reached: its host is not known. Check mqtt.url.";
    }
    if (find(cause, ConnectException.class) != null) {
      return broker + " cannot be reached: connection refused. Is it running? Check mqtt.url.";
    }
    if (String.valueOf(cause.getMessage()).contains("without DISCONNECT")) {
      return broker + " closed the connection without saying why.";
    }
    Mqtt5DisconnectException end = find(cause, Mqtt5DisconnectException.class);
    if (end != null) {
      return broker + " ended the connection: " + end.getMqttMessage().getReasonCode() + '.';
    }
    return broker
        + ": no connection ("
        + innermost(cause)
        + ")."
        + (config.broker().tls()
            ? " If its port does not speak TLS, use mqtt://; if it asks for a certificate, set"
                + " mqtt.tls.certificate-file."
            : " If its port speaks TLS, use mqtts://.");
  }

  private static String connAck(String broker, Mqtt5ConnAckReasonCode reason, MqttConfig config) {
    String advice =
        switch (reason) {
          case NOT_AUTHORIZED, BAD_USER_NAME_OR_PASSWORD, BAD_AUTHENTICATION_METHOD ->
              " Check mqtt.user and mqtt.password.";
          case CLIENT_IDENTIFIER_NOT_VALID -> " Check mqtt.client-id.";
          case UNSUPPORTED_PROTOCOL_VERSION -> " The bridge needs MQTT 5.";
          default -> "";
        };
    return broker + " refuses " + who(config) + ": " + reason + '.' + advice;
  }

  private static String tls(String broker, SSLException tls, MqttConfig config) {
    String text = String.valueOf(innermost(tls));
    if (text.contains("unable to find valid certification path")
        || text.contains("PKIX")
        || text.contains("signature check failed")
        || text.contains("Path does not chain")) {
      return broker
          + " shows a certificate that "
          + (config.trust() == null
              ? "no authority of the Java installation vouches for. Set mqtt.tls.ca-file."
              : "no authority of mqtt.tls.ca-file vouches for. Is it the right file?");
    }
    if (text.contains("subject alternative")) {
      return broker + " shows a certificate for another host: " + text + ". Check mqtt.url.";
    }
    if (text.contains("not an SSL/TLS record")) {
      return broker + " does not speak TLS on this port. Use mqtt:// or another port.";
    }
    return broker
        + " and the bridge do not agree on TLS: "
        + text
        + (config.identity() == null
            ? ". If it asks for a certificate, set mqtt.tls.certificate-file."
            : ".");
  }

  private static String who(MqttConfig config) {
    return config.user().isEmpty()
        ? "client \"" + config.clientId() + "\" without a user"
        : "user \"" + config.user() + '"';
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static <T> T find(Throwable failure, Class<T> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return kind.cast(cause);
      }
    }
    return null;
  }
}
