package io.foreshock.bench.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * All runs of both jobs.
 *
 * @param copies runs of the copy job
 * @param ingests runs of {@code ingest}, each beside the copy of the same number
 */
record IngestReport(
    List<RunFigures> copies,
    List<RunFigures> ingests,
    BenchTelemetry telemetry,
    long messages,
    int messageBytes,
    long checkpointMillis,
    boolean quick) {
  static final double BAR = 0.6;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Whether every run wrote all messages with the same content. */
  boolean outputsEqual() {
    RunOutput first = copies.get(0).output();
    return java.util.stream.Stream.concat(copies.stream(), ingests.stream())
        .map(RunFigures::output)
        .allMatch(
            output ->
                output.messages() == messages
                    && output.digest() == first.digest()
                    && output.measurements() == first.measurements());
  }

  /** Median over the pairs of runs that followed each other. */
  double ratio() {
    double[] ratios = new double[copies.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ingests.get(i).output().perSecond() / copies.get(i).output().perSecond();
    }
    return median(ratios);
  }

  double stateBytesPerDevice() {
    return median(ingests, run -> run.stateBytes()) / telemetry.devices();
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%n%8s %14s %16s %16s %16s%n",
        "job",
        "messages/s",
        "measurements/s",
        "job µs/message",
        "broker µs/message");
    print("copy", copies, out);
    print("ingest", ingests, out);
    out.printf(
        Locale.ROOT,
        "%nratio %.2f (bar %.2f)%s; by processor time of the job's process %.2f%n",
        ratio(),
        BAR,
        ratio() >= BAR ? "" : ", MISSED",
        cpuRatio());
    out.printf(
        Locale.ROOT,
        "state %.0f bytes per device (canonical savepoint: keys, timers and source included)%n",
        stateBytesPerDevice());
    out.printf("output of all runs %s%n", outputsEqual() ? "equal" : "NOT EQUAL");
    out.flush();
  }

  private double cpuRatio() {
    return median(copies, RunFigures::jobCpuMicros) / median(ingests, RunFigures::jobCpuMicros);
  }

  private void print(String name, List<RunFigures> runs, PrintWriter out) {
    double rate = median(runs, run -> run.output().perSecond());
    out.printf(
        Locale.ROOT,
        "%8s %,14.0f %,16.0f %16.1f %16.1f%n",
        name,
        rate,
        rate * telemetry.readings(),
        median(runs, RunFigures::jobCpuMicros),
        median(runs, RunFigures::brokerCpuMicros));
  }

  void write(Path file) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    put(root.putObject("copy"), copies);
    put(root.putObject("ingest"), ingests);
    root.put("ratio", rounded(ratio()))
        .put("bar", BAR)
        .put("cpuRatio", rounded(cpuRatio()))
        .put("outputsEqual", outputsEqual())
        .put("stateBytesPerDevice", rounded(stateBytesPerDevice()));
    root.putObject("details")
        .put("quick", quick)
        .put("messages", messages)
        .put("messageBytes", messageBytes)
        .put("measurementsPerMessage", telemetry.readings())
        .put("devices", telemetry.devices())
        .put("partitions", BenchBroker.PARTITIONS)
        .put("checkpointMillis", checkpointMillis)
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("flink", EnvironmentInformation.getVersion());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private void put(ObjectNode node, List<RunFigures> runs) {
    double rate = median(runs, run -> run.output().perSecond());
    node.put("messagesPerSecond", rounded(rate))
        .put("measurementsPerSecond", rounded(rate * telemetry.readings()))
        .put("jobCpuMicrosPerMessage", rounded(median(runs, RunFigures::jobCpuMicros)))
        .put("brokerCpuMicrosPerMessage", rounded(median(runs, RunFigures::brokerCpuMicros)));
    ArrayNode each = node.putArray("runs");
    runs.forEach(run -> each.add(rounded(run.output().perSecond())));
  }

  private static double median(List<RunFigures> runs, ToDoubleFunction<RunFigures> figure) {
    return median(runs.stream().mapToDouble(figure).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double rounded(double value) {
    return Math.round(1000 * value) / 1000.0;
  }
}
