package io.foreshock.mqtt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an MQTT broker listens, and whether the connection is encrypted. */
record BrokerAddress(String host, int port, boolean tls) {
  private static final Pattern URL =
      Pattern.compile("mqtt(s?)://([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+])(?::([0-9]{1,5}))?/?");
  private static final int PLAIN_PORT = 1883;
  private static final int TLS_PORT = 8883;

  /** The address; null when the text is none. */
  static BrokerAddress find(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      return null;
    }
    boolean tls = !matcher.group(1).isEmpty();
    int port =
        matcher.group(3) == null ? tls ? TLS_PORT : PLAIN_PORT : Integer.parseInt(matcher.group(3));
    String host = matcher.group(2).replaceAll("[\\[\\]]", "");
    return port < 1 || port > 65_535 ? null : new BrokerAddress(host, port, tls);
  }

  @Override
  public String toString() {
    return (tls ? "mqtts://" : "mqtt://") + host + ':' + port;
  }
}
