package io.foreshock.mqtt;

import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.runtime.kafka.security.KafkaSecurityOptions;
import io.foreshock.runtime.kafka.security.SecretReference;
import io.foreshock.runtime.service.ServiceOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** Everything that may be configured on the MQTT bridge. */
public final class MqttBridgeOptions {
  /** Prefix of the routes. */
  static final String ROUTES = "routes.";

  static final Option<String> URL =
      Option.text(
              "mqtt.url",
              "The MQTT broker: `mqtt://host:port` (1883 when there is no port) or `mqtts://host:port` (TLS, 8883).")
          .withExample("mqtts://broker-1:8883")
          .must("be mqtt://host:port or mqtts://host:port", url -> BrokerAddress.find(url) != null);

  static final Option<String> CLIENT_ID =
      Option.text(
              "mqtt.client-id",
              "Name of this bridge on the MQTT broker: unique there, and the same after a restart, because the broker"
                  + " keeps under it what arrived in between.")
          .withExample("foreshock-bridge-1")
          .must("be 1 to 128 characters", id -> !id.isBlank() && id.length() <= 128);

  static final Option<String> SHARE_GROUP =
      Option.text(
              "mqtt.share-group",
              "Bridges with the same group share the messages (`$share/<group>/…`). Empty: this bridge gets all.")
          .withDefault("")
          .withExample("foreshock")
          .must("hold no /, + or #", group -> group.chars().noneMatch(c -> "/+#".indexOf(c) >= 0));

  static final Option<String> USER =
      Option.text("mqtt.user", "User on the MQTT broker. Empty: none.").withDefault("");

  static final Option<String> PASSWORD =
      Option.text(
              "mqtt.password",
              "Where the user's password stands: `${env:NAME}` or `${file:/path}`, the whole file. Read at each"
                  + " connection.")
          .withDefault("")
          .withExample("${env:MQTT_PASSWORD}")
          .must(
              "name the environment variable or the file that holds it, as ${env:NAME} or ${file:/path}; a secret itself"
                  + " never stands here (if one did, change it: command lines and files are read by others)",
              text -> text.isBlank() || SecretReference.parse(text).isPresent());

  static final Option<String> CA_FILE =
      Option.text(
              "mqtt.tls.ca-file",
              "PEM file of the authorities that may vouch for the broker. Empty: those of the Java installation.")
          .withDefault("");

  static final Option<String> CERTIFICATE_FILE =
      Option.text(
              "mqtt.tls.certificate-file",
              "PEM file of the bridge's own certificate, with the chain behind it. Empty: none.")
          .withDefault("");

  static final Option<String> KEY_FILE =
      Option.text(
              "mqtt.tls.key-file",
              "PEM file of the certificate's private key (PKCS#8, not encrypted).")
          .withDefault("");

  static final Option<Boolean> VERIFY_HOST =
      Option.yesOrNo(
              "mqtt.tls.verify-host",
              "Whether the broker's certificate must be for the host of `mqtt.url`.")
          .withDefault(true);

  static final Option<Integer> RECEIVE_MAXIMUM =
      Option.wholeNumber(
              "mqtt.receive-maximum",
              "Messages that the broker may send ahead of acknowledgements: what is in memory at most. A broker that"
                  + " sends more is given the largest number, with a warning.")
          .withDefault(10_000)
          .must("be between 1 and 65535", n -> n >= 1 && n <= 65_535);

  static final Option<MemorySize> MAXIMUM_PACKET =
      Option.size(
              "mqtt.maximum-packet-size",
              "The broker keeps larger messages from the bridge, and drops them. Times `mqtt.receive-maximum`: the"
                  + " memory that hostile devices can take.")
          .withDefault(new MemorySize(2 << 20))
          .must(
              "be between 1 kb and 256 mb",
              size -> size.getBytes() >= 1 << 10 && size.getBytes() <= 256 << 20);

  static final Option<Duration> KEEP_ALIVE =
      Option.duration("mqtt.keep-alive", "A connection that is silent for this long is tried.")
          .withDefault(Duration.ofSeconds(30))
          .must("be between 1 s and 18 h", time -> isBetween(time, 1, 64_800));

  static final Option<Duration> SESSION_EXPIRY =
      Option.duration(
              "mqtt.session-expiry",
              "How long the broker keeps messages for a bridge that is away. Brokers have limits of their own on how"
                  + " many.")
          .withDefault(Duration.ofDays(7))
          .must("be between 1 min and 136 years", time -> isBetween(time, 60, 4_294_967_294L));

  static final Option<Duration> START_TIMEOUT =
      Option.duration(
              "mqtt.start-timeout",
              "How long the broker is tried at start before the bridge gives up.")
          .withDefault(Duration.ofSeconds(30))
          .must("be positive", MqttBridgeOptions::isPositive);

  static final Option<Duration> RECONNECT_MIN =
      Option.duration(
              "mqtt.reconnect.min-delay", "Wait before the first new attempt; doubles with each.")
          .withDefault(Duration.ofMillis(500))
          .must("be positive", MqttBridgeOptions::isPositive);

  static final Option<Duration> RECONNECT_MAX =
      Option.duration("mqtt.reconnect.max-delay", "Longest wait between attempts.")
          .withDefault(Duration.ofSeconds(30))
          .must("be positive", MqttBridgeOptions::isPositive);

  static final Option<MemorySize> MAX_MESSAGE_SIZE =
      Option.size("telemetry.max-message-size", "Larger payloads are dead letters, unread.")
          .withDefault(new MemorySize(1 << 20))
          .must(
              "be between 1 kb and 256 mb",
              size -> size.getBytes() >= 1 << 10 && size.getBytes() <= 256 << 20);

  static final Option<Integer> METRICS_PORT = ServiceOptions.metricsPort(9464);

  static final Option<Duration> STOP_TIMEOUT =
      ServiceOptions.stopTimeout(
          "How long a stop waits for what is on its way to Kafka. The broker sends the rest again.");

  /** All options. */
  public static final Options ALL =
      new Options(
              all(
                  URL,
                  CLIENT_ID,
                  SHARE_GROUP,
                  USER,
                  PASSWORD,
                  CA_FILE,
                  CERTIFICATE_FILE,
                  KEY_FILE,
                  VERIFY_HOST,
                  RECEIVE_MAXIMUM,
                  MAXIMUM_PACKET,
                  KEEP_ALIVE,
                  SESSION_EXPIRY,
                  START_TIMEOUT,
                  RECONNECT_MIN,
                  RECONNECT_MAX,
                  KafkaOptions.BOOTSTRAP_SERVERS,
                  KafkaOptions.CHECK_TIMEOUT,
                  MAX_MESSAGE_SIZE,
                  METRICS_PORT,
                  ServiceOptions.METRICS_HOST,
                  STOP_TIMEOUT))
          .family(
              ROUTES,
              "Which topics are forwarded and how they are read, each under a name of your choice; keys in the"
                  + " README, e.g. `routes.climate.topic`.")
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties)
          .contradiction(MqttBridgeOptions::password)
          .contradiction(MqttBridgeOptions::tls)
          .contradiction(MqttBridgeOptions::delays);

  private MqttBridgeOptions() {}

  private static List<Option<?>> all(Option<?>... own) {
    return Stream.concat(Stream.of(own), KafkaSecurityOptions.ALL.stream()).toList();
  }

  private static Optional<String> password(Settings settings) {
    return !settings.get(PASSWORD).isBlank() && settings.get(USER).isEmpty()
        ? Optional.of("mqtt.password is set, but no mqtt.user. Set both.")
        : Optional.empty();
  }

  private static Optional<String> tls(Settings settings) {
    boolean certificate = !settings.get(CERTIFICATE_FILE).isEmpty();
    boolean key = !settings.get(KEY_FILE).isEmpty();
    if (certificate != key) {
      return Optional.of("mqtt.tls.certificate-file and mqtt.tls.key-file must be set together.");
    }
    return (certificate || !settings.get(CA_FILE).isEmpty())
            && !BrokerAddress.find(settings.get(URL)).tls()
        ? Optional.of(
            "mqtt.tls options are set, but mqtt.url is not encrypted. Use mqtts:// or remove them.")
        : Optional.empty();
  }

  private static Optional<String> delays(Settings settings) {
    return settings.get(RECONNECT_MIN).compareTo(settings.get(RECONNECT_MAX)) > 0
        ? Optional.of("mqtt.reconnect.min-delay must not exceed mqtt.reconnect.max-delay.")
        : Optional.empty();
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  private static boolean isBetween(Duration time, long leastSeconds, long mostSeconds) {
    return time.toSeconds() >= leastSeconds && time.toSeconds() <= mostSeconds;
  }
}
