package io.foreshock.mqtt;

import io.foreshock.local.LocalMosquitto;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of bridges in tests, and what a bridge counts. */
final class Bridges {
  private final Map<String, String> options = new LinkedHashMap<>();

  private Bridges() {}

  /** A bridge for one tenant: <code>plants/{tenant}/{asset}/{device}/telemetry</code>, JSON. */
  static Bridges of(LocalMosquitto mosquitto, String tenant) {
    return new Bridges()
        .with("mqtt.url", mosquitto.url())
        .with("mqtt.client-id", "bridge-" + tenant)
        .with("mqtt.reconnect.min-delay", "100 ms")
        .with("mqtt.reconnect.max-delay", "500 ms")
        .with("kafka.bootstrap-servers", Kafka.broker().bootstrapServers())
        .with("metrics.port", "0")
        .with("routes.plants.topic", "plants/{tenant}/{asset}/{device}/telemetry")
        .with("routes.plants.tenants", tenant);
  }

  Bridges with(String key, String value) {
    options.put(key, value);
    return this;
  }

  MqttBridge start() {
    return MqttBridge.start(
        Settings.read(
            MqttBridgeOptions.ALL, new CommandLine(List.of(), options, false, false, List.of())));
  }

  /** Arguments of a bridge in a process of its own. */
  List<String> arguments() {
    return options.entrySet().stream().map(o -> "-D" + o.getKey() + "=" + o.getValue()).toList();
  }

  /** Sum of a metric over its labels, as Prometheus reads it. */
  static double metric(int port, String name) {
    try {
      String text =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return text.lines()
          .filter(line -> line.startsWith(name + ' ') || line.startsWith(name + '{'))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
