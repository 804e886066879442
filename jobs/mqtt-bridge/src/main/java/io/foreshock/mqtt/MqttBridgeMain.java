package io.foreshock.mqtt;

import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.service.ServiceProcess;
import java.io.PrintWriter;

/** The bridge as a process of its own; exit codes as {@link ServiceProcess} says. */
public final class MqttBridgeMain {
  /** Name in documentation and messages. */
  public static final String NAME = "mqtt-bridge";

  private static final ServiceProcess PROCESS =
      new ServiceProcess(NAME, "The MQTT bridge", MqttBridgeOptions.ALL, MqttBridge::start);

  private MqttBridgeMain() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(run(CommandLine.parse(args), out, err));
  }

  /** Runs until it ends; returns the exit code. */
  public static int run(CommandLine arguments, PrintWriter out, PrintWriter err) {
    return PROCESS.run(arguments, out, err);
  }
}
