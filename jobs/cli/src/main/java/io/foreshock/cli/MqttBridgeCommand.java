package io.foreshock.cli;

import io.foreshock.mqtt.MqttBridgeMain;
import io.foreshock.runtime.config.CommandLine;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code foreshock mqtt-bridge}: telemetry from an MQTT broker to Kafka. */
@Command(
    name = MqttBridgeMain.NAME,
    description = {
      "Forwards the messages of an MQTT broker to the topics <tenant>.telemetry.raw, until it is stopped.",
      ""
    },
    footer = {
      "",
      "--options lists what may be configured. Exit code 0: stopped by SIGTERM or Ctrl-C, nothing lost; 1: could not"
          + " go on; 2: could not start."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MqttBridgeCommand extends ServiceCommand {

  @Override
  int run(CommandLine commandLine, PrintWriter out, PrintWriter err) {
    return MqttBridgeMain.run(commandLine, out, err);
  }
}
