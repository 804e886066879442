package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.LocalKafkaSecurity;
import io.foreshock.local.LocalMosquitto;
import io.foreshock.runtime.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that asks who one is, and the words when it does not like the answer. */
@ExtendWith(NeedsMosquitto.class)
class SecuredKafkaBridgeITCase {
  private static final String TENANT = "acme";

  @TempDir private Path folder;

  @Test
  void forwardsWithACertificateAndSaysWhyItMayNot() throws Exception {
    LocalKafkaSecurity security = new LocalKafkaSecurity(folder.resolve("certificates"));
    Path password = Files.writeString(folder.resolve("password"), "bridge-s3cret\n");
    try (LocalKafka kafka = LocalKafka.at(folder.resolve("kafka")).secured(security).start();
        LocalMosquitto mosquitto = LocalMosquitto.at(folder.resolve("mosquitto")).start();
        Devices devices = new Devices(mosquitto)) {
      kafka.createTopics(
          List.of(
              new NewTopic(TENANT + ".telemetry.raw", 1, (short) 1),
              new NewTopic(TENANT + ".telemetry.dlq", 1, (short) 1)));
      kafka.createUser("bridge", "bridge-s3cret");
      String authority = security.authority().certificateFile().toString();

      Bridges stranger =
          Bridges.of(mosquitto, TENANT)
              .with("kafka.bootstrap-servers", kafka.bootstrapServers())
              .with("kafka.security.protocol", "sasl-ssl")
              .with("kafka.ssl.ca-file", authority)
              .with("kafka.sasl.username", "bridge")
              .with("kafka.sasl.password", "${file:" + password + "}");
      assertThatThrownBy(() -> stranger.start().close())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("acme.telemetry.raw")
          .hasMessageNotContainingAny("s3cret");

      try (MqttBridge bridge =
          Bridges.of(mosquitto, TENANT)
              .with("kafka.bootstrap-servers", security.certificateServers())
              .with("kafka.security.protocol", "ssl")
              .with("kafka.ssl.ca-file", authority)
              .with("kafka.ssl.certificate-file", security.admin().certificate().toString())
              .with("kafka.ssl.key-file", security.admin().key().toString())
              .start()) {
        devices.readings(TENANT, 10);
        Await.until(
            "Kafka to have them",
            Duration.ofSeconds(30),
            () -> Bridges.metric(bridge.metricsPort(), "foreshock_mqtt_forwarded_total") == 10);
        assertThat(bridge.failure()).isNotDone();
      }
    }
  }
}
