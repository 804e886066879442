package io.foreshock.bench.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * What came out.
 *
 * @param sent messages that the broker has
 * @param expected alerts that were due in the whole run, warm-up included
 * @param missing of these, never seen
 * @param duplicated alerts whose first revision was read more than once
 * @param latency from the moment a message was due to the alert, in milliseconds, of the alerts due
 *     in the measured time
 * @param detection the same to the detection; empty where none is written
 * @param worstLateMillis how far the sender fell behind at worst
 * @param faults what was killed and for how long no alert came
 */
record LatencyReport(
    LatencySettings settings,
    long sent,
    long expected,
    long missing,
    long duplicated,
    Histogram latency,
    Histogram detection,
    long worstLateMillis,
    List<Fault> faults) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * One kill.
   *
   * @param secondsWithoutAlerts the longest time without a new alert from the kill until the next
   *     one, or the end
   */
  record Fault(LatencySettings.Kill what, double secondsWithoutAlerts) {}

  boolean right() {
    return missing == 0 && (duplicated == 0 || !settings.exactlyOnce());
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%n%,d messages sent at %,d a second from %,d assets, %,d alerts due, %d missing, %d duplicated%n",
        sent,
        settings.rate(),
        settings.assets(),
        expected,
        missing,
        duplicated);
    if (detection.getTotalCount() > 0) {
      out.println(line("device to detection", detection));
    }
    out.println(line("device to alert", latency));
    for (Fault fault : faults) {
      out.printf(
          Locale.ROOT,
          "killed %s: %.1f s without alerts%n",
          fault.what(),
          fault.secondsWithoutAlerts());
    }
    if (worstLateMillis > 100) {
      out.printf(
          Locale.ROOT,
          "The sender fell behind by up to %d ms, which is counted: the machine is short of processor time.%n",
          worstLateMillis);
    }
    out.flush();
  }

  private static String line(String name, Histogram values) {
    return String.format(
        Locale.ROOT,
        "%-20s p50 %d ms, p95 %d ms, p99 %d ms, max %d ms, of %d",
        name,
        values.getValueAtPercentile(50),
        values.getValueAtPercentile(95),
        values.getValueAtPercentile(99),
        values.getMaxValue(),
        values.getTotalCount());
  }

  void write(Path file) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("sent", sent).put("alerts", latency.getTotalCount());
    put(root, "", latency);
    root.put("expected", expected)
        .put("missing", missing)
        .put("duplicated", duplicated)
        .put("right", right());
    if (detection.getTotalCount() > 0) {
      put(root, "detection", detection);
    }
    ArrayNode each = root.putArray("faults");
    for (Fault fault : faults) {
      each.addObject()
          .put("killed", fault.what().toString())
          .put("secondsWithoutAlerts", fault.secondsWithoutAlerts());
    }
    root.putObject("details")
        .put("rate", settings.rate())
        .put("assets", settings.assets())
        .put("measuredSeconds", settings.measured().toSeconds())
        .put("delivery", settings.delivery())
        .put("changelog", settings.changelog())
        .put("storeDelayMillis", settings.storeDelay().toMillis())
        .put(
            "checkpointIntervalMillis",
            settings.checkpointInterval() == null ? 200 : settings.checkpointInterval().toMillis())
        .put("oneJob", settings.oneJob())
        .put("senderBehindMillis", worstLateMillis)
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("flink", EnvironmentInformation.getVersion());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private static void put(ObjectNode node, String prefix, Histogram values) {
    node.put(prefix.isEmpty() ? "p50Ms" : prefix + "P50Ms", values.getValueAtPercentile(50))
        .put(prefix.isEmpty() ? "p95Ms" : prefix + "P95Ms", values.getValueAtPercentile(95))
        .put(prefix.isEmpty() ? "p99Ms" : prefix + "P99Ms", values.getValueAtPercentile(99))
        .put(prefix.isEmpty() ? "maxMs" : prefix + "MaxMs", values.getMaxValue());
  }
}
