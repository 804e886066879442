package io.foreshock.mqtt;

import io.foreshock.local.LocalService;
import java.util.Map;

/** A bridge in a process of its own, as it is deployed; ends with this process at the latest. */
final class BridgeProcess implements AutoCloseable {
  private final LocalService service;

  private BridgeProcess(LocalService service) {
    this.service = service;
  }

  static BridgeProcess start(Bridges options, Map<String, String> environment) {
    return new BridgeProcess(
        LocalService.start(
            "bridge",
            Kafka.folder("bridge"),
            MqttBridgeMain.class,
            options.arguments(),
            environment));
  }

  BridgeProcess awaitRunning() {
    service.await("The MQTT bridge runs.");
    return this;
  }

  String output() {
    return service.output();
  }

  void terminate() {
    service.terminate();
  }

  void kill() {
    service.kill();
  }

  int exitCode() {
    return service.exitCode();
  }

  @Override
  public void close() {
    service.close();
  }
}
