package io.foreshock.cli.mqtt;

import io.foreshock.mqtt.MqttBridge;
import io.foreshock.mqtt.MqttBridgeOptions;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How bridge and job are configured for the simulated sensors. */
public final class SensorPlant {
  private static final String PATTERNS = "sensor-limits.yaml";

  private SensorPlant() {}

  /** Starts a bridge for the tenant's sensors. */
  public static MqttBridge startBridge(String brokerUrl, String kafka, String tenant) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("mqtt.url", brokerUrl);
    options.put("mqtt.client-id", "bridge-of-" + tenant);
    options.put("kafka.bootstrap-servers", kafka);
    options.put("metrics.port", "0");
    options.put("routes.rooms.topic", "plants/{tenant}/{asset}/{device}/telemetry");
    options.put("routes.rooms.tenants", tenant);
    options.put("routes.rooms.asset-class", "climate");
    options.put("routes.rooms.time", "ts");
    options.put("routes.rooms.measurements.temperature_c.field", "t");
    options.put("routes.rooms.measurements.temperature_c.scale", "0.1");
    options.put("routes.rooms.measurements.temperature_c.unit", "°F");
    options.put("routes.rooms.measurements.relative_humidity_percent", "rh");
    return MqttBridge.start(
        Settings.read(
            MqttBridgeOptions.ALL, new CommandLine(List.of(), options, false, false, List.of())));
  }

  /** Writes the patterns for the job's option {@code patterns}. */
  public static Path writePatterns(Path folder) {
    try (InputStream in = SensorPlant.class.getResourceAsStream(PATTERNS)) {
      return Files.write(folder.resolve(PATTERNS), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Options of the job besides those about Kafka: what was measured some hours ago is live. */
  public static List<String> jobOptions(Path patterns) {
    return List.of("patterns=" + patterns, "live.max-age=1 d");
  }
}
