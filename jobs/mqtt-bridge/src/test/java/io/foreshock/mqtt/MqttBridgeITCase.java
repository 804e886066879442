package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.Await;
import io.foreshock.local.LocalMosquitto;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bridge between a real Mosquitto and a real Kafka. */
@ExtendWith(NeedsMosquitto.class)
class MqttBridgeITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static LocalMosquitto mosquitto;

  @BeforeAll
  static void startMosquitto() {
    mosquitto = LocalMosquitto.at(Kafka.folder("mosquitto")).start();
  }

  @AfterAll
  static void stopMosquitto() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @Test
  void forwardsWhatItCanMapAndFilesTheRest() {
    String tenant = Kafka.newTenant();
    try (MqttBridge bridge = Bridges.of(mosquitto, tenant).start();
        Devices devices = new Devices(mosquitto)) {
      devices.readings(tenant, 1);
      devices.publish("plants/" + tenant + "/hall-1/t-2/telemetry", "rubbish");
      devices.publish("plants/somebody-else/hall-1/t-1/telemetry", "{}");
      devices.readings(tenant, 1);

      List<RawRecord> records = Kafka.distinct(tenant, 2);
      assertThat(records).extracting(RawRecord::key).containsOnly("hall-1".getBytes());
      TelemetryMessage first = Kafka.message(records.get(0));
      assertThat(first.getDeviceId()).isEqualTo("t-1");
      assertThat(first.getMeasurements(0).getEventTimeEpochMillis()).isEqualTo(Devices.BEGIN);
      List<DeadLetter> letters = Kafka.letters(tenant, 1);
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).reason()).isEqualTo(DeadLetter.Reason.MALFORMED);
      assertThat(letters.get(0).source().topic())
          .isEqualTo("mqtt:plants/" + tenant + "/hall-1/t-2/telemetry");

      settled(bridge);
      int port = bridge.metricsPort();
      assertThat(Bridges.metric(port, "foreshock_mqtt_received_total")).isEqualTo(4);
      assertThat(Bridges.metric(port, "foreshock_mqtt_forwarded_total")).isEqualTo(2);
      assertThat(Bridges.metric(port, "foreshock_mqtt_dead_letters_total")).isEqualTo(1);
      assertThat(Bridges.metric(port, "foreshock_mqtt_ignored_total")).isEqualTo(1);
      assertThat(Bridges.metric(port, "foreshock_mqtt_connected")).isEqualTo(1);
    }
  }

  @Test
  void acknowledgesNothingThatKafkaHasNot() {
    String tenant = Kafka.newTenant();
    int most = 20;
    try (MqttBridge bridge =
            Bridges.of(mosquitto, tenant).with("mqtt.receive-maximum", "" + most).start();
        Devices devices = new Devices(mosquitto)) {
      devices.readings(tenant, 1);
      Kafka.distinct(tenant, 1);
      Kafka.broker().stop();
      try {
        devices.readings(tenant, 99);

        // Either Kafka's client still takes records, then as many as may be sent ahead and not one
        // more; or it waits for Kafka to say where the topic is, and the bridge waits with it.
        int port = bridge.metricsPort();
        Await.until(
            "the bridge to wait",
            PATIENCE,
            () ->
                Bridges.metric(port, "foreshock_mqtt_in_flight") == most
                    || Bridges.metric(port, "foreshock_mqtt_kafka_waits_total") > 0);
        assertThat(Bridges.metric(port, "foreshock_mqtt_in_flight")).isBetween(1.0, 1.0 * most);
        assertThat(Bridges.metric(port, "foreshock_mqtt_forwarded_total")).isEqualTo(1);
      } finally {
        Kafka.broker().restart();
      }

      assertInOrder(Kafka.distinct(tenant, 100), 100);
      settled(bridge);
    }
  }

  @Test
  void getsWhatItMissedAfterARestart() {
    String tenant = Kafka.newTenant();
    try (Devices devices = new Devices(mosquitto)) {
      try (MqttBridge bridge = Bridges.of(mosquitto, tenant).start()) {
        devices.readings(tenant, 10);
        Kafka.distinct(tenant, 10);
        settled(bridge);
      }
      devices.readings(tenant, 50);
      try (MqttBridge bridge = Bridges.of(mosquitto, tenant).start()) {
        assertInOrder(Kafka.distinct(tenant, 60), 60);
        settled(bridge);
      }
    }
  }

  @Test
  void comesBackWhenTheBrokerWasAwayAndKeepsItsSession() {
    String tenant = Kafka.newTenant();
    try (MqttBridge bridge = Bridges.of(mosquitto, tenant).start()) {
      mosquitto.stop();
      Await.until(
          "the connection to be lost",
          PATIENCE,
          () -> Bridges.metric(bridge.metricsPort(), "foreshock_mqtt_connected") == 0);
      mosquitto.restart();
      try (Devices devices = new Devices(mosquitto)) {
        devices.readings(tenant, 10);
      }

      assertInOrder(Kafka.distinct(tenant, 10), 10);
      assertThat(Bridges.metric(bridge.metricsPort(), "foreshock_mqtt_reconnects_total"))
          .isEqualTo(1);
      assertThat(Bridges.metric(bridge.metricsPort(), "foreshock_mqtt_sessions_lost_total"))
          .isZero();
    }
  }

  @Test
  void twoBridgesShareASubscription() {
    String tenant = Kafka.newTenant();
    Bridges both = Bridges.of(mosquitto, tenant).with("mqtt.share-group", "foreshock");
    try (MqttBridge one = both.with("mqtt.client-id", "one-of-" + tenant).start();
        MqttBridge other = both.with("mqtt.client-id", "other-of-" + tenant).start();
        Devices devices = new Devices(mosquitto)) {
      devices.readings(tenant, 100);

      assertThat(Kafka.distinct(tenant, 100)).as("each message once").hasSize(100);
      settled(one);
      settled(other);
      double byOne = Bridges.metric(one.metricsPort(), "foreshock_mqtt_forwarded_total");
      double byOther = Bridges.metric(other.metricsPort(), "foreshock_mqtt_forwarded_total");
      assertThat(byOne).isPositive();
      assertThat(byOther).isPositive();
      assertThat(byOne + byOther).isEqualTo(100);
    }
  }

  private static void settled(MqttBridge bridge) {
    Await.until(
        "everything to be acknowledged",
        PATIENCE,
        () -> Bridges.metric(bridge.metricsPort(), "foreshock_mqtt_in_flight") == 0);
  }

  /** Every message, in order; repeats are allowed and dropped by the jobs. */
  private static void assertInOrder(List<RawRecord> records, int count) {
    Set<String> seen = new HashSet<>();
    assertThat(records.stream().map(Kafka::message).filter(m -> seen.add(m.getMessageId())))
        .extracting(message -> (int) message.getMeasurements(0).getValue())
        .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
  }
}
