package io.foreshock.cli.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Publishes what sensors measure, QoS 1, in order. */
public final class SensorPublisher implements AutoCloseable {
  private static final int AT_ONCE = 500;

  private final Mqtt5AsyncClient client;
  private final String tenant;

  /**
   * @param port of an MQTT broker on this machine that lets everybody in
   */
  public SensorPublisher(int port, String tenant) {
    this.tenant = tenant;
    client =
        Mqtt5Client.builder()
            .identifier("sensors-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().join();
  }

  /** Returns when the broker has them all. */
  public void publish(List<SensorReading> readings) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (SensorReading reading : readings) {
      sent.add(
          client
              .publishWith()
              .topic(reading.topic(tenant))
              .qos(MqttQos.AT_LEAST_ONCE)
              .payload(reading.json().getBytes(StandardCharsets.UTF_8))
              .send());
      if (sent.size() == AT_ONCE) {
        await(sent);
      }
    }
    await(sent);
  }

  private static void await(List<CompletableFuture<?>> sent) {
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    sent.clear();
  }

  @Override
  public void close() {
    client.disconnect().join();
  }
}
