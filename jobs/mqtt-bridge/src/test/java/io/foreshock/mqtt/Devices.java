package io.foreshock.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.foreshock.local.LocalMosquitto;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Publishes as devices do, QoS 1; every call returns when the MQTT broker has the message. */
final class Devices implements AutoCloseable {
  /** Event time of the first reading; the next are a second apart. */
  static final long BEGIN = 1_790_000_000_000L;

  private final Mqtt5BlockingClient client;
  private int next;

  Devices(LocalMosquitto mosquitto) {
    client =
        Mqtt5Client.builder()
            .identifier("devices-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(mosquitto.port())
            .buildBlocking();
    client.connect();
  }

  void publish(String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  /** Readings of one device of a tenant; the value counts up from 0 over all calls. */
  void readings(String tenant, int count) {
    for (int i = 0; i < count; i++, next++) {
      publish(
          "plants/" + tenant + "/hall-1/t-1/telemetry",
          "{\"time\":%d,\"measurements\":{\"temperature_c\":%d}}"
              .formatted(BEGIN + next * 1000L, next));
    }
  }

  @Override
  public void close() {
    client.disconnect();
  }
}
