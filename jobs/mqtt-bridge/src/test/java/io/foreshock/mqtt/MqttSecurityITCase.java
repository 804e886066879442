package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.local.LocalAuthority;
import io.foreshock.local.LocalMosquitto;
import io.foreshock.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and what people are told when they are not. */
@ExtendWith(NeedsMosquitto.class)
class MqttSecurityITCase {
  private static final String SECRET = "s3cr3t-and-long";

  @TempDir private Path folder;

  private final String tenant = Kafka.newTenant();
  private LocalAuthority authority;
  private LocalAuthority.Identity server;
  private Path password;

  @BeforeEach
  void issue() throws IOException {
    authority = new LocalAuthority(folder.resolve("ca"), "plant-ca");
    server = authority.issue("broker");
    password = Files.writeString(folder.resolve("password"), SECRET + "\n");
  }

  @Test
  void speaksTlsWithClientCertificateAndPassword() throws IOException {
    LocalAuthority.Identity own = authority.issue("bridge");
    try (LocalMosquitto mosquitto =
            broker()
                .tls(server.certificate(), server.key())
                .clientsOf(authority.certificateFile())
                .user("bridge", SECRET)
                .start();
        MqttBridge bridge =
            Bridges.of(mosquitto, tenant)
                .with("mqtt.tls.ca-file", authority.certificateFile().toString())
                .with("mqtt.tls.certificate-file", own.certificate().toString())
                .with("mqtt.tls.key-file", own.key().toString())
                .with("mqtt.user", "bridge")
                .with("mqtt.password", "${file:" + password + "}")
                .start()) {
      assertThat(mosquitto.url()).startsWith("mqtts://");
      assertThat(Bridges.metric(bridge.metricsPort(), "foreshock_mqtt_connected")).isEqualTo(1);
    }
  }

  @Test
  void refusesABrokerThatTheWrongAuthorityVouchesFor() {
    LocalAuthority stranger = new LocalAuthority(folder.resolve("other"), "stranger");
    try (LocalMosquitto mosquitto = broker().tls(server.certificate(), server.key()).start()) {
      Bridges bridge = Bridges.of(mosquitto, tenant);

      assertRefused(
          bridge.with("mqtt.tls.ca-file", stranger.certificateFile().toString()),
          "MQTT broker "
              + mosquitto.url()
              + " shows a certificate that no authority of mqtt.tls.ca-file vouches for. Is it the"
              + " right file?");
    }
  }

  @Test
  void saysThatABrokerWantsACertificate() {
    try (LocalMosquitto mosquitto =
        broker()
            .tls(server.certificate(), server.key())
            .clientsOf(authority.certificateFile())
            .start()) {
      assertRefused(
          Bridges.of(mosquitto, tenant)
              .with("mqtt.tls.ca-file", authority.certificateFile().toString())
              .with("mqtt.start-timeout", "2 s"),
          "set mqtt.tls.certificate-file");
    }
  }

  @Test
  void saysThatThePasswordIsWrongAndNeverPrintsIt() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong"), "guess-4711");
    try (LocalMosquitto mosquitto = broker().user("bridge", SECRET).start()) {
      Bridges bridge = Bridges.of(mosquitto, tenant).with("mqtt.user", "bridge");
      String refusal =
          "MQTT broker "
              + mosquitto.url()
              + " refuses user \"bridge\": NOT_AUTHORIZED. Check mqtt.user and mqtt.password.";

      assertRefused(bridge.with("mqtt.password", "${file:" + wrong + "}"), refusal);
      try (BridgeProcess process = BridgeProcess.start(bridge, Map.of())) {
        assertThat(process.exitCode()).isEqualTo(2);
        assertThat(process.output())
            .contains("The MQTT bridge cannot start:\n  - " + refusal)
            .doesNotContain("guess-4711")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void takesThePasswordFromTheEnvironment() {
    try (LocalMosquitto mosquitto = broker().user("bridge", SECRET).start()) {
      Bridges bridge =
          Bridges.of(mosquitto, tenant)
              .with("mqtt.user", "bridge")
              .with("mqtt.password", "${env:PLANT_MQTT_PASSWORD}");

      assertRefused(
          bridge,
          "mqtt.password: The environment variable PLANT_MQTT_PASSWORD is not set in this process.");
      try (BridgeProcess process =
          BridgeProcess.start(bridge, Map.of("PLANT_MQTT_PASSWORD", SECRET)).awaitRunning()) {
        assertThat(process.output()).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void saysWhatIsWrongWithTheAddress() {
    try (LocalMosquitto mosquitto = broker().start()) {
      assertRefused(
          Bridges.of(mosquitto, tenant)
              .with("mqtt.url", "mqtts://127.0.0.1:" + mosquitto.port())
              .with("mqtt.start-timeout", "1 s"),
          "If its port does not speak TLS, use mqtt://");
      mosquitto.stop();
      assertRefused(
          Bridges.of(mosquitto, tenant).with("mqtt.start-timeout", "1 s"),
          "MQTT broker "
              + mosquitto.url()
              + " cannot be reached: connection refused. Is it running? Check mqtt.url.");
    }
  }

  @Test
  void namesTopicsThatAreMissingInKafka() {
    try (LocalMosquitto mosquitto = broker().start()) {
      assertRefused(
          Bridges.of(mosquitto, tenant).with("routes.plants.tenants", "nobody"),
          "Topic \"nobody.telemetry.raw\" does not exist. Create it before the bridge starts.");
    }
  }

  private LocalMosquitto.Builder broker() {
    return LocalMosquitto.at(folder.resolve("mosquitto"));
  }

  private static void assertRefused(Bridges bridge, String problem) {
    assertThatThrownBy(() -> bridge.start().close())
        .isInstanceOfSatisfying(
            StartRefused.class,
            refused -> assertThat(refused.problems()).anyMatch(text -> text.contains(problem)))
        .hasMessageContaining(problem);
  }
}
