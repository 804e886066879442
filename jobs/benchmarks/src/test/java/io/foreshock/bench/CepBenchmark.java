package io.foreshock.bench;

import io.foreshock.bench.RunningJob.Sample;
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

  /** Beyond this many, Esper takes longer to make them than to be measured: one round only. */
  private static final long MANY_INSTANCES = 10_000;

  /** Measurements of one case, in turn; fewer where no bar depends on it. */
  private static final int TIMES = 5;

  private static final int TIMES_WITHOUT_BAR = 3;

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
    Duration warmUp = Duration.ofMillis(smoke ? 100 : 3000);
    for (Contender contender : Contender.values()) {
      if (contender != Contender.STOCK || !withoutStock) {
        try (RunningJob job = cluster.start(contender, WARM_UP)) {
          job.goFor(warmUp);
        }
      }
    }
    Esper.measure(WARM_UP, warmUp, Duration.ofMillis(100));
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
    if (!withoutStock && stock == null) {
      stock = stock(cluster, reduced, Ratios.hasBar(c));
      stockResults.put(reduced, stock);
    }
    if (stock != null) {
      say("  stock        %,12.0f/s  (%,d assets)", stock.eventsPerSecond(), reduced.assets());
    }
    long instances = (long) c.assets() * c.patterns();
    boolean forEsper = c.disorderSeconds() == 0 && instances <= MOST_INSTANCES;
    Rounds ours = new Rounds();
    Rounds passThrough = new Rounds();
    Rounds esper = new Rounds();
    long stateBytes;
    try (RunningJob oursJob = cluster.start(Contender.OURS, c)) {
      warmUp(oursJob, c, effort(1000));
      try (RunningJob passThroughJob = cluster.start(Contender.PASS_THROUGH, c)) {
        warmUp(passThroughJob, c, effort(500));
        int times = smoke ? 1 : Ratios.hasBar(c) ? TIMES : TIMES_WITHOUT_BAR;
        for (int i = 0; i < times; i++) {
          // In turn, so that what else the machine does meets all of them.
          ours.add(oursJob.sample(effort(1500)));
          passThrough.add(passThroughJob.sample(effort(700)));
          if (forEsper && i < (instances <= MANY_INSTANCES ? 3 : 1)) {
            esper.add(Esper.measure(c, effort(300), effort(400)));
          }
        }
      }
      stateBytes = oursJob.stateBytes();
    }
    say("  ours         %s", ours);
    say("  pass-through %s", passThrough);
    if (forEsper) {
      say("  Esper        %s", esper);
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
        ours,
        passThrough,
        esper,
        equal,
        stock == null ? 0 : stock.matches().size(),
        (double) stateBytes / c.assets());
  }

  /**
   * Stock slows down while tombstones pile up, and is fast again when a checkpoint or a compaction
   * has cleared them away, by turns of some seconds: work over the whole time counts, where the
   * median of short times would be one of the two.
   */
  private Measured stock(Cluster cluster, BenchCase c, boolean hasBar) throws Exception {
    try (RunningJob job = cluster.start(Contender.STOCK, c)) {
      job.goFor(effort(2500));
      Sample sample = job.sample(effort(hasBar ? 12_000 : 6_000));
      return new Measured(sample.eventsPerSecond(), job.trafficPerPart(), job.matches());
    }
  }

  private void warmUp(RunningJob job, BenchCase c, Duration time) throws Exception {
    if (!smoke) {
      job.goTo(c.trafficUntilSteady());
    }
    job.goFor(time);
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

  private Duration effort(long millis) {
    return Duration.ofMillis(smoke ? 200 : quick ? millis : 2 * millis);
  }

  private void say(String format, Object... values) {
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, String.format(Locale.ROOT, format, values));
  }
}
