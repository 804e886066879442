package io.foreshock.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** How a command reaches Kafka. */
public final class KafkaConnection {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers of the installation.")
  private String servers;

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "Properties for every Kafka client, e.g. security.protocol and credentials.")
  private Path properties;

  public boolean given() {
    return servers != null;
  }

  /**
   * Settings of a client of any kind.
   *
   * @throws CliFailure when brokers are not named or the file cannot be read
   */
  public Map<String, Object> client() {
    if (servers == null) {
      throw CliFailure.wrongInput(
          "--bootstrap-servers is missing. Name a Kafka broker, e.g. broker-1:9092.");
    }
    Map<String, Object> client = new HashMap<>();
    if (properties != null) {
      Properties file = new Properties();
      try (Reader reader = Files.newBufferedReader(properties, StandardCharsets.UTF_8)) {
        file.load(reader);
      } catch (IOException e) {
        throw CliFailure.wrongInput("Cannot read --command-config " + properties + ": " + e);
      }
      file.forEach((key, value) -> client.put(String.valueOf(key), value));
    }
    client.put("bootstrap.servers", servers);
    return client;
  }
}
