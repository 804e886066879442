package io.foreshock.mqtt;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.ReferencePage;
import io.foreshock.runtime.config.Settings;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The bridge as a process of its own. It ends at SIGTERM or Ctrl-C, after what is on its way has
 * reached Kafka, or when it cannot go on.
 *
 * <p>Exit codes: 0 stopped on request; 1 could not go on; 2 could not start, because something is
 * configured wrongly or not there.
 */
public final class MqttBridgeMain {
  /** Name in documentation and messages. */
  public static final String NAME = "mqtt-bridge";

  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  private MqttBridgeMain() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int code = run(CommandLine.parse(args), out, err);
    System.exit(code);
  }

  /** Runs until it ends; returns the exit code. */
  public static int run(CommandLine arguments, PrintWriter out, PrintWriter err) {
    if (arguments.help()) {
      out.print(ReferencePage.help(NAME, MqttBridgeOptions.ALL));
      out.flush();
      return 0;
    }
    MqttBridge bridge;
    try {
      Settings settings = Settings.read(MqttBridgeOptions.ALL, arguments);
      out.print("The MQTT bridge starts with\n" + settings.describe());
      out.flush();
      settings.warnings().forEach(warning -> err.println("Warning: " + warning));
      bridge = MqttBridge.start(settings);
    } catch (StartRefused refused) {
      err.println("The MQTT bridge cannot start:");
      refused.problems().forEach(problem -> err.println("  - " + problem));
      if (arguments.verbose()) {
        refused.printStackTrace(err);
      }
      err.flush();
      return REFUSED;
    }
    return await(bridge, out, err);
  }

  private static int await(MqttBridge bridge, PrintWriter out, PrintWriter err) {
    CompletableFuture<String> end = bridge.failure();
    Thread hook = new Thread(() -> stop(bridge, out), "stop-bridge");
    Runtime.getRuntime().addShutdownHook(hook);
    out.println("The MQTT bridge runs.");
    out.flush();
    try {
      err.println("The MQTT bridge cannot go on: " + end.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      err.println("The MQTT bridge cannot go on: " + e.getCause());
    }
    err.flush();
    if (removed(hook)) {
      bridge.close();
    }
    return FAILED;
  }

  private static void stop(MqttBridge bridge, PrintWriter out) {
    bridge.close();
    out.println("The MQTT bridge has stopped.");
    out.flush();
    // Stopped on request is no failure; the platform would say 143 or 130.
    Runtime.getRuntime().halt(0);
  }

  /** False when the process already ends. */
  private static boolean removed(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return false;
    }
  }
}
