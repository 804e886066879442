package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * Where a cluster's configuration, logs and savepoints lie, and what each of its processes is
 * started with.
 *
 * @param folder never emptied
 * @param configuration what {@code config.yaml} says
 */
record FlinkHome(Path folder, Configuration configuration) {

  /**
   * The committer of the Kafka sink registers the same gauge with every checkpoint, and Flink warns
   * each time: ten lines a second.
   */
  private static final Map<String, String> LOG_LEVELS =
      Map.of(
          "org.apache.kafka", "WARN",
          "org.apache.pekko", "WARN",
          "org.apache.flink.metrics.MetricGroup", "ERROR");

  Path conf() {
    return folder.resolve("conf");
  }

  Path logs() {
    return folder.resolve("logs");
  }

  Path log(String process) {
    return logs().resolve(process + ".log");
  }

  Path savepoints() {
    return folder.resolve("savepoints");
  }

  /** Makes the folders and writes {@code config.yaml}. */
  void write() {
    StringBuilder yaml = new StringBuilder();
    configuration
        .toMap()
        .forEach(
            (key, value) ->
                yaml.append(key)
                    .append(": \"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"\n"));
    try {
      Files.createDirectories(logs());
      Files.createDirectories(conf());
      Files.createDirectories(folder.resolve("tmp"));
      Files.writeString(conf().resolve("config.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a process of Flink.
   *
   * @param name name of its log
   * @param flags of the Java virtual machine
   * @param main main class and arguments
   */
  ChildProcess start(String name, List<String> flags, List<String> main) {
    Path log4j =
        LogFile.configure(conf().resolve(name + "-log4j.properties"), log(name), LOG_LEVELS);
    List<String> jvm = new ArrayList<>(flags);
    jvm.add("-Dlog.file=" + log(name));
    jvm.add("-Dlog4j.configurationFile=" + log4j.toUri());
    Map<String, String> environment =
        Map.of(
            "FLINK_CONF_DIR",
            conf().toString(),
            "FLINK_PLUGINS_DIR",
            folder.resolve("plugins").toString());
    return ChildProcess.start(name, logs(), environment, ClassPath.ofFlink(), jvm, main);
  }
}
