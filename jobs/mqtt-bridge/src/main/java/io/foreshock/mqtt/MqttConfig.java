package io.foreshock.mqtt;

import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.security.SecretReference;
import io.foreshock.runtime.service.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Checked values about the MQTT broker.
 *
 * @param user empty: none
 * @param password asked for at each connection, so that a changed file counts
 * @param trust authorities that may vouch for the broker; null: those of Java
 * @param identity own certificate; null: none
 */
record MqttConfig(
    BrokerAddress broker,
    String clientId,
    String shareGroup,
    String user,
    Password password,
    TrustManagerFactory trust,
    KeyManagerFactory identity,
    boolean verifyHost,
    int receiveMaximum,
    int maximumPacketSize,
    Duration keepAlive,
    Duration sessionExpiry,
    Duration startTimeout,
    Duration reconnectMin,
    Duration reconnectMax) {

  /** Where the password is. */
  @FunctionalInterface
  interface Password {
    /**
     * The password; null when there is none.
     *
     * @throws SecretReference.Missing when it is no longer where it was
     */
    byte[] read();
  }

  /**
   * @param problems takes what is wrong with files and environment
   * @return null when something is wrong
   */
  static MqttConfig from(Settings settings, List<String> problems) {
    int before = problems.size();
    Password password = password(settings, problems);
    TrustManagerFactory trust = null;
    KeyManagerFactory identity = null;
    String authorities = settings.get(MqttBridgeOptions.CA_FILE);
    String certificate = settings.get(MqttBridgeOptions.CERTIFICATE_FILE);
    try {
      if (!authorities.isEmpty()) {
        trust = TlsFiles.authorities(Path.of(authorities));
      }
    } catch (IllegalArgumentException e) {
      problems.add(MqttBridgeOptions.CA_FILE.key() + ": " + e.getMessage());
    }
    try {
      if (!certificate.isEmpty()) {
        identity =
            TlsFiles.identity(
                Path.of(certificate), Path.of(settings.get(MqttBridgeOptions.KEY_FILE)));
      }
    } catch (IllegalArgumentException e) {
      problems.add(MqttBridgeOptions.CERTIFICATE_FILE.key() + ": " + e.getMessage());
    }
    if (problems.size() > before) {
      return null;
    }
    return new MqttConfig(
        BrokerAddress.find(settings.get(MqttBridgeOptions.URL)),
        settings.get(MqttBridgeOptions.CLIENT_ID),
        settings.get(MqttBridgeOptions.SHARE_GROUP),
        settings.get(MqttBridgeOptions.USER),
        password,
        trust,
        identity,
        settings.get(MqttBridgeOptions.VERIFY_HOST),
        settings.get(MqttBridgeOptions.RECEIVE_MAXIMUM),
        // The protocol's own limit lies a few bytes below 256 MB.
        (int) Math.min(settings.get(MqttBridgeOptions.MAXIMUM_PACKET).getBytes(), 268_435_460),
        settings.get(MqttBridgeOptions.KEEP_ALIVE),
        settings.get(MqttBridgeOptions.SESSION_EXPIRY),
        settings.get(MqttBridgeOptions.START_TIMEOUT),
        settings.get(MqttBridgeOptions.RECONNECT_MIN),
        settings.get(MqttBridgeOptions.RECONNECT_MAX));
  }

  private static Password password(Settings settings, List<String> problems) {
    String text = settings.get(MqttBridgeOptions.PASSWORD);
    if (text.isBlank()) {
      return () -> null;
    }
    SecretReference reference = SecretReference.parse(text).orElseThrow();
    try {
      reference.resolve();
    } catch (SecretReference.Missing e) {
      problems.add(MqttBridgeOptions.PASSWORD.key() + ": " + e.getMessage());
    }
    return () -> utf8(reference.resolve());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
