package io.foreshock.cli.mqtt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.local.LocalClusterException;
import io.foreshock.local.LocalMosquitto;
import io.foreshock.mqtt.MqttBridge;
import io.foreshock.runtime.StartRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock mqtt-demo}: from simulated sensors over MQTT to detections. */
@Command(
    name = "mqtt-demo",
    description = {
      "Starts an MQTT broker, the bridge, Kafka and Flink on this machine, publishes three hours of simulated rooms, and"
          + " compares the detections of the job precursors with what was simulated. Needs the Debian package mosquitto.",
      ""
    },
    footer = {
      "",
      "Exit code 0: reported were the room too warm and the room too humid, and no other."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class MqttDemoCommand implements Callable<Integer>, Foreshock.Verbose {
  private static final Duration SPAN = Duration.ofHours(3);

  @Option(
      names = "--sensors",
      paramLabel = "N",
      defaultValue = "50",
      description = "Rooms, each with a sensor. Default: ${DEFAULT-VALUE}.")
  private int sensors;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "2026",
      description = "Equal seeds give equal rooms. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the summary.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException {
    if (sensors < 2 || sensors > 500) {
      throw CliFailure.wrongInput("--sensors must lie between 2 and 500, but is " + sensors + ".");
    }
    LocalMosquitto.missing()
        .ifPresent(
            missing -> {
              throw CliFailure.failed(missing, null);
            });
    SimulatedSensors simulated = new SimulatedSensors(seed, sensors, Instant.now(), SPAN);
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-mqtt-demo-")) {
      return run(simulated, folder.path());
    } catch (LocalClusterException e) {
      throw CliFailure.failed(e.getMessage(), e);
    } catch (StartRefused e) {
      throw CliFailure.failed("The bridge cannot start: " + e.getMessage(), e);
    }
  }

  private int run(SimulatedSensors simulated, Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    try (SensorInstallation installation = SensorInstallation.start(folder, this::say);
        LocalMosquitto mosquitto =
            LocalMosquitto.at(folder.resolve("mosquitto")).progress(this::say).start()) {
      say("Submitting the job precursors");
      installation.submit(SensorPlant.writePatterns(folder));
      long begin = System.nanoTime();
      try (MqttBridge bridge =
              SensorPlant.startBridge(
                  mosquitto.url(), installation.bootstrapServers(), SensorInstallation.TENANT);
          SensorPublisher publisher =
              new SensorPublisher(mosquitto.port(), SensorInstallation.TENANT)) {
        bridge.failure().thenAccept(this::say);
        say("Publishing " + simulated.readings().size() + " messages of " + sensors + " sensors");
        publisher.publish(simulated.readings());
        installation.awaitRead(simulated.readings().size());
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      Map<String, String> found = installation.detections(this::say);
      boolean passed = found.equals(simulated.expected());
      out.printf("Summary%n");
      out.printf(
          "  sent       %,d messages of %d sensors over MQTT, all in Kafka and read by the job after %.1f s%n",
          simulated.readings().size(), simulated.sensors(), seconds);
      out.printf("  expected   %s%n", simulated.expected());
      out.printf("  detected   %s%n", found);
      out.printf("  verdict    %s%n", passed ? "passed" : "not passed");
      out.flush();
      write(simulated, found, seconds, passed);
      return passed ? 0 : 1;
    }
  }

  private void write(
      SimulatedSensors simulated, Map<String, String> found, double seconds, boolean passed) {
    if (json == null) {
      return;
    }
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.put("sensors", simulated.sensors());
    summary.put("messages", simulated.readings().size());
    summary.put("seconds", seconds);
    ObjectNode expected = summary.putObject("expected");
    simulated.expected().forEach(expected::put);
    ObjectNode detected = summary.putObject("detected");
    found.forEach(detected::put);
    summary.put("passed", passed);
    JsonFile.write(json, summary);
  }

  private void say(String sentence) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(sentence);
    out.flush();
  }
}
