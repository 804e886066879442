package io.foreshock.bench;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code foreshock bench cep}: stock flink-cep, the engine, doing nothing, and Esper, in turn, over
 * the same patterns and signals.
 */
@Command(name = "foreshock bench cep")
final class CepBenchmark implements Callable<Integer> {

  /** Esper keeps an instance of each pattern for each asset; more than this do not fit. */
  private static final long MOST_INSTANCES = 100_000;

  private static final BenchCase WARM_UP = new BenchCase(1_000, 2, 0.1, 1, 1, 0);

  @Option(names = "--json", paramLabel = "FILE")
  private Path json;

  @Option(names = "--quick")
  private boolean quick;

  /** Numbers of cases as printed, from 1; empty for all. */
  @Option(names = "--case", paramLabel = "N", split = ",")
  private List<Integer> numbers = List.of();

  @Option(names = "--without-stock")
  private boolean withoutStock;

  /** The bars are meant for one second. */
  @Option(names = "--checkpoint-millis", defaultValue = "1000")
  private long checkpointMillis;

  /** Milliseconds in place of seconds: whether it works at all. */
  @Option(names = "--smoke", hidden = true)
  private boolean smoke;

  private final PrintWriter out = new PrintWriter(System.out, true);
  private final long started = System.nanoTime();
  private final Map<BenchCase, Measured> stockResults = new HashMap<>();
  private final Map<BenchCase, Boolean> equalToStock = new HashMap<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CepBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("foreshock-bench-");
    try (Cluster cluster = new Cluster(folder, Duration.ofMillis(checkpointMillis))) {
      Report report = run(cluster);
      report.print(out);
      if (json != null) {
        report.write(json);
      }
      return report.matchesEqual() ? 0 : 1;
    } finally {
      FlinkInProcess.delete(folder);
    }
  }

  private Report run(Cluster cluster) throws Exception {
    List<BenchCase> cases = smoke ? List.of(WARM_UP) : quick ? BenchCase.quick() : BenchCase.full();
    say("Warming up");
    Effort warmUp = Effort.ofMillis(smoke ? 100 : 3000, 100, 1);
    for (Contender contender : Contender.values()) {
      if (contender != Contender.STOCK || !withoutStock) {
        cluster.measure(contender, WARM_UP, warmUp);
      }
    }
    Esper.measure(WARM_UP, warmUp);
    StateSizes sizes = null;
    if (numbers.isEmpty()) {
      BenchCase small = new BenchCase(smoke ? 1_000 : 10_000, 1, 1, 1, 1, 0);
      int tenth = small.assets() / 10;
      sizes = cluster.stateSizes(small, tenth / 10, tenth, 10 * tenth);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i <= cases.size(); i++) {
      if (numbers.isEmpty() || numbers.contains(i)) {
        say("[%d/%d] %s", i, cases.size(), cases.get(i - 1));
        rows.add(row(cluster, cases.get(i - 1)));
      }
    }
    return new Report(rows, sizes, quick, checkpointMillis, (System.nanoTime() - started) / 1e9);
  }

  private Row row(Cluster cluster, BenchCase c) throws Exception {
    BenchCase reduced = c.forStock();
    Measured stock = withoutStock ? null : stockResults.get(reduced);
    if (!withoutStock) {
      if (stock == null) {
        stock = cluster.measure(Contender.STOCK, reduced, effort(1000, 1300).times(3));
        stockResults.put(reduced, stock);
      }
      say("  stock        %,12.0f/s  (%,d assets)", stock.eventsPerSecond(), reduced.assets());
    }
    boolean forEsper =
        c.disorderSeconds() == 0 && (long) c.assets() * c.patterns() <= MOST_INSTANCES;
    Rounds rounds = new Rounds(smoke ? 1 : 3);
    for (int round = 0; round < rounds.size(); round++) {
      // In turn, so that what else the machine does meets all of them.
      rounds.ours(cluster.measure(Contender.OURS, c, effort(600, 1000)));
      rounds.passThrough(cluster.measure(Contender.PASS_THROUGH, c, effort(400, 500)));
      if (forEsper) {
        rounds.esper(Esper.measure(c, effort(300, 400)));
      }
    }
    say("  ours         %,12.0f/s  (%.2f µs of processor)", rounds.ours(), rounds.oursCpu());
    say(
        "  pass-through %,12.0f/s  (%.2f µs of processor)",
        rounds.passThrough(), rounds.passThroughCpu());
    if (forEsper) {
      say("  Esper        %,12.0f/s", rounds.esper());
    }
    System.gc();
    Boolean equal = null;
    if (stock != null) {
      equal = equalToStock.get(reduced);
      if (equal == null) {
        equal = equal(cluster, reduced, stock, forEsper);
        equalToStock.put(reduced, equal);
      }
      say("  %,d matches of stock, %s", stock.matches().size(), equal ? "equal" : "NOT EQUAL");
    }
    return new Row(
        c,
        stock == null ? null : stock.eventsPerSecond(),
        rounds.ours(),
        rounds.passThrough(),
        rounds.esper(),
        rounds.oursCpu(),
        rounds.passThroughCpu(),
        equal,
        stock == null ? 0 : stock.matches().size(),
        (double) rounds.stateBytes() / c.assets());
  }

  private boolean equal(Cluster cluster, BenchCase c, Measured stock, boolean esper)
      throws Exception {
    long traffic = stock.trafficPerPart();
    List<String> ours = cluster.matches(Contender.OURS, c, traffic);
    boolean equal = ours.equals(stock.matches());
    if (esper) {
      equal &= Esper.matches(c, Cluster.PARALLELISM, traffic).equals(stock.matches());
    }
    return equal;
  }

  private Effort effort(long warmUpMillis, long millis) {
    if (smoke) {
      return Effort.ofMillis(200, 200, 1);
    }
    int more = quick ? 1 : 2;
    return Effort.ofMillis(more * warmUpMillis, more * millis, 1);
  }

  private void say(String format, Object... values) {
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, String.format(Locale.ROOT, format, values));
  }
}
