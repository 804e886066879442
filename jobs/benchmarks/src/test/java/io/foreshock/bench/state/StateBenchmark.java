package io.foreshock.bench.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.bench.FlinkInProcess;
import io.foreshock.bench.state.StateRun.Checkpoint;
import io.foreshock.bench.state.StateRun.Figures;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code foreshock bench state}: savepoint and restore of many assets beside a tenth of them, and
 * incremental checkpoints beside what has changed.
 */
@Command(name = "foreshock bench state")
final class StateBenchmark implements Callable<Integer> {
  private static final int PARALLELISM = 2;

  @Option(names = "--json", paramLabel = "FILE")
  private Path json;

  @Option(names = "--assets", defaultValue = "100000")
  private int assets;

  @Option(names = "--rounds", defaultValue = "3")
  private int rounds;

  private final PrintWriter out = new PrintWriter(System.out, true);

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StateBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Figures> many = new ArrayList<>();
    List<Figures> few = new ArrayList<>();
    Path folder = Files.createTempDirectory("foreshock-bench-");
    try (FlinkInProcess flink = new FlinkInProcess(folder.resolve("flink"), PARALLELISM)) {
      // The first run of all warms up; then they take turns, so that both meet the same machine.
      new StateRun(flink, folder.resolve("savepoints"), assets / 10).run();
      for (int round = 0; round < rounds; round++) {
        few.add(print(new StateRun(flink, folder.resolve("savepoints"), assets / 10).run()));
        many.add(print(new StateRun(flink, folder.resolve("savepoints"), assets).run()));
      }
    } finally {
      FlinkInProcess.delete(folder);
    }
    ObjectNode report = report(few, many);
    out.println(report.path("ratios").toPrettyString());
    out.println(report.path("checkpoints").toPrettyString());
    if (json != null) {
      Files.createDirectories(json.toAbsolutePath().getParent());
      Files.writeString(json, report.toPrettyString() + "\n");
    }
    return 0;
  }

  private Figures print(Figures figures) {
    out.printf(
        Locale.ROOT,
        "%,7d assets: savepoint %,.1f MB in %.2f s, restored in %.2f s (without state %.2f s)%n",
        figures.assets(),
        figures.savepointBytes() / 1e6,
        figures.savepointSeconds(),
        figures.restoreSeconds(),
        figures.emptyStartSeconds());
    for (Checkpoint checkpoint : figures.checkpoints()) {
      out.printf(
          Locale.ROOT,
          "                %,7d changed: checkpoint of %,.2f MB, state %,.2f MB%n",
          checkpoint.changed(),
          checkpoint.bytes() / 1e6,
          checkpoint.stateBytes() / 1e6);
    }
    return figures;
  }

  /** Medians of the rounds; ratios are per asset, of many to a tenth. */
  private static ObjectNode report(List<Figures> few, List<Figures> many) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    ArrayNode cases = report.putArray("cases");
    cases.add(medians(few));
    cases.add(medians(many));
    ObjectNode ratios = report.putObject("ratios");
    double times = (double) many.get(0).assets() / few.get(0).assets();
    ratios.put("assets", times);
    ratio(ratios, "savepointBytesPerAsset", few, many, Figures::savepointBytes, times);
    ratio(ratios, "savepointSecondsPerAsset", few, many, Figures::savepointSeconds, times);
    ratio(ratios, "restoreSecondsPerAsset", few, many, Figures::restoreSeconds, times);
    // Starting a job takes as long with few assets as with many: what remains is the state.
    ratio(
        ratios,
        "restoreSecondsAboveStartPerAsset",
        few,
        many,
        figures -> figures.restoreSeconds() - figures.emptyStartSeconds(),
        times);
    report.set("checkpoints", checkpoints(many));
    return report;
  }

  /** Incremental checkpoints: a fixed part for the files of each state, and one that follows. */
  private static ObjectNode checkpoints(List<Figures> many) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    ArrayNode all = node.putArray("byChange");
    List<Checkpoint> first = many.get(0).checkpoints();
    double[] bytes = new double[first.size()];
    for (int i = 0; i < bytes.length; i++) {
      int at = i;
      bytes[i] = median(many, figures -> figures.checkpoints().get(at).bytes());
      all.addObject()
          .put("changedAssets", first.get(i).changed())
          .put("ofAssets", many.get(0).assets())
          .put("bytes", (long) bytes[i])
          .put("stateBytes", first.get(i).stateBytes());
    }
    int last = bytes.length - 1;
    double slope = (bytes[last] - bytes[0]) / (first.get(last).changed() - first.get(0).changed());
    node.put("bytesPerChangedAsset", Math.round(slope * 10) / 10.0);
    node.put("fixedBytes", (long) (bytes[0] - slope * first.get(0).changed()));
    return node;
  }

  private static void ratio(
      ObjectNode ratios,
      String name,
      List<Figures> few,
      List<Figures> many,
      ToDoubleFunction<Figures> figure,
      double times) {
    double ratio = median(many, figure) / median(few, figure) / times;
    ratios.put(name, Math.round(ratio * 1000) / 1000.0);
  }

  private static ObjectNode medians(List<Figures> all) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    int assets = all.get(0).assets();
    node.put("assets", assets);
    node.put("savepointBytes", (long) median(all, Figures::savepointBytes));
    node.put("savepointBytesPerAsset", median(all, Figures::savepointBytes) / assets);
    node.put("savepointSeconds", median(all, Figures::savepointSeconds));
    node.put("restoreSeconds", median(all, Figures::restoreSeconds));
    node.put("emptyStartSeconds", median(all, Figures::emptyStartSeconds));
    return node;
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
