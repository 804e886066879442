package io.foreshock.bench.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.bench.FlinkInProcess;
import io.foreshock.bench.features.FeatureLoad.Windows;
import io.foreshock.bench.features.FeatureRun.Figures;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.flink.runtime.util.EnvironmentInformation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code foreshock bench features}: the pipeline with one window a channel and with twenty, in
 * turn.
 */
@Command(name = "foreshock bench features")
final class FeaturesBenchmark implements Callable<Integer> {
  private static final double BAR = 1.5;
  private static final int PARALLELISM = 2;
  private static final int MESSAGES_OF_A_DAY = 288;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Option(names = "--json", paramLabel = "FILE")
  private Path json;

  @Option(names = "--quick")
  private boolean quick;

  @Option(names = "--checkpoint-millis", defaultValue = "1000")
  private long checkpointMillis;

  @Option(names = "--devices", defaultValue = "60")
  private int devices;

  /** A few messages, once, in place of a measurement: whether it works at all. */
  @Option(names = "--smoke", hidden = true)
  private boolean smoke;

  private final PrintWriter out = new PrintWriter(System.out, true);
  private final long started = System.nanoTime();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FeaturesBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    int fill = (smoke ? 1 : 31) * MESSAGES_OF_A_DAY;
    int measured = (smoke ? 1 : quick ? 10 : 30) * MESSAGES_OF_A_DAY;
    int rounds = smoke ? 1 : quick ? 2 : 3;
    FeatureLoad load = new FeatureLoad(smoke ? 4 : devices, fill + measured);
    Path folder = Files.createTempDirectory("foreshock-bench-");
    Map<Windows, List<Figures>> figures = new EnumMap<>(Windows.class);
    try (FlinkInProcess flink = new FlinkInProcess(folder, PARALLELISM)) {
      FeatureRun run = new FeatureRun(flink, load, fill);
      for (int round = smoke ? 1 : 0; round <= rounds; round++) {
        for (Windows windows : Windows.values()) {
          Figures found = run.run(windows, Duration.ofMillis(checkpointMillis));
          say(
              "[%d/%d] %s: %,.0f readings/s, %.3f µs of processor a reading, %,.0f bytes of state a channel%s",
              round,
              rounds,
              windows.name().toLowerCase(Locale.ROOT),
              found.readingsPerSecond(),
              found.processorMicrosPerReading(),
              found.stateBytes(),
              round == 0 ? " (warm-up)" : "");
          if (round > 0) {
            figures.computeIfAbsent(windows, w -> new ArrayList<>()).add(found);
          }
        }
      }
    } finally {
      FlinkInProcess.delete(folder);
    }
    report(figures, load, fill, measured);
    return 0;
  }

  private void report(Map<Windows, List<Figures>> figures, FeatureLoad load, int fill, int measured)
      throws Exception {
    double cost = ratio(figures, Windows.ONE, Figures::processorMicrosPerReading);
    double elapsed = 1 / ratio(figures, Windows.ONE, Figures::readingsPerSecond);
    double toShortest = ratio(figures, Windows.SHORTEST, Figures::processorMicrosPerReading);
    say(
        "20 windows cost %.2f of 1 by processor time (bar %.1f)%s, %.2f by elapsed time, %.2f of the shortest alone",
        cost, BAR, cost <= BAR ? "" : ", MISSED", elapsed, toShortest);
    if (json == null) {
      return;
    }
    ObjectNode root = MAPPER.createObjectNode();
    root.put("windows20To1Cost", rounded(cost))
        .put("bar", BAR)
        .put("windows20To1Elapsed", rounded(elapsed))
        .put("windows20ToShortestCost", rounded(toShortest));
    figures.forEach(
        (windows, all) -> {
          ObjectNode node = root.putObject(windows.name().toLowerCase(Locale.ROOT));
          node.put("windows", windows.number)
              .put("readingsPerSecond", rounded(median(all, Figures::readingsPerSecond)))
              .put(
                  "processorMicrosPerReading",
                  rounded(median(all, Figures::processorMicrosPerReading)))
              .put("rowBytes", rounded(median(all, Figures::rowBytes)))
              .put("stateBytesPerAssetAndChannel", rounded(median(all, Figures::stateBytes)));
        });
    root.putObject("details")
        .put("quick", quick)
        .put("devices", load.devices())
        .put("channels", FeatureLoad.CHANNELS)
        .put("readingsPerMessage", FeatureLoad.READINGS)
        .put("fillMessages", fill)
        .put("measuredMessages", measured)
        .put("checkpointMillis", checkpointMillis)
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("flink", EnvironmentInformation.getVersion());
    Files.createDirectories(json.toAbsolutePath().getParent());
    Files.writeString(
        json, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  /** Median over the rounds of twenty windows by those of another case. */
  private static double ratio(
      Map<Windows, List<Figures>> figures, Windows to, ToDoubleFunction<Figures> figure) {
    List<Figures> twenty = figures.get(Windows.TWENTY);
    List<Figures> other = figures.get(to);
    double[] ratios = new double[twenty.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(twenty.get(i)) / figure.applyAsDouble(other.get(i));
    }
    return median(ratios);
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
    return median(all.stream().mapToDouble(figure).toArray());
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

  private void say(String format, Object... values) {
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, String.format(Locale.ROOT, format, values));
  }
}
