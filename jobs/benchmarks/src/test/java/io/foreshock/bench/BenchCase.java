package io.foreshock.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One point of the benchmark.
 *
 * @param assets machines that send; each sends one signal per second of event time
 * @param patterns patterns that run, all on every asset; each waits for symptoms of its own
 * @param relevant share of the signals that name a symptom some pattern waits for
 * @param accepted share of the relevant signals that fulfil the condition of a stage; the value of
 *     the rest is too low
 * @param openMatches matches that an asset has open, on average over time: 0 (almost never one), 1
 *     or more
 * @param disorderSeconds signals of an asset come at most this much out of order
 */
record BenchCase(
    int assets,
    int patterns,
    double relevant,
    double accepted,
    int openMatches,
    int disorderSeconds) {

  /** More open matches than this in all do not fit into the time of a benchmark. */
  private static final int MOST_OPEN = 1_000_000;

  private static final long MOST_UNTIL_STEADY = 8_000_000;

  /** Where the ratios are taken. */
  static final BenchCase BASE = new BenchCase(10_000, 1, 0.02, 1, 1, 0);

  static final BenchCase ALL_RELEVANT = new BenchCase(10_000, 1, 1, 1, 1, 0);

  /** Every signal passes the filter by name, and nearly none of them matters. */
  static final BenchCase ALL_NAMED = new BenchCase(10_000, 1, 1, 0.02, 1, 0);

  static final BenchCase FEW_ASSETS = new BenchCase(1_000, 1, 0.02, 1, 1, 0);
  static final BenchCase MANY_ASSETS = new BenchCase(100_000, 1, 0.02, 1, 1, 0);

  /** More open matches than the tasks have memory for, so that assets leave it and come back. */
  static final BenchCase BEYOND_MEMORY = new BenchCase(400_000, 1, 0.02, 1, 1, 0);

  static final BenchCase MANY_PATTERNS = new BenchCase(10_000, 100, 0.02, 1, 1, 0);
  static final BenchCase MANY_OPEN = new BenchCase(1_000, 1, 0.02, 1, 100, 0);

  /** The cases of the ratios, and the rest of each dimension around {@link #BASE}. */
  static List<BenchCase> quick() {
    return List.of(
        BASE,
        ALL_RELEVANT,
        ALL_NAMED,
        FEW_ASSETS,
        MANY_ASSETS,
        MANY_PATTERNS,
        new BenchCase(10_000, 1, 0.02, 1, 0, 0),
        MANY_OPEN,
        new BenchCase(10_000, 1, 0.02, 1, 1, 10),
        BEYOND_MEMORY);
  }

  /** Every combination, less those with more than a million open matches. */
  static List<BenchCase> full() {
    List<BenchCase> cases = new ArrayList<>();
    for (int disorder : List.of(0, 10)) {
      for (int open : List.of(0, 1, 100)) {
        for (double relevant : List.of(0.02, 1.0)) {
          for (int patterns : List.of(1, 10, 100)) {
            for (int assets : List.of(1_000, 10_000, 100_000)) {
              if ((long) assets * open <= MOST_OPEN) {
                cases.add(new BenchCase(assets, patterns, relevant, 1, open, disorder));
              }
            }
          }
        }
      }
    }
    cases.add(ALL_NAMED);
    cases.add(BEYOND_MEMORY);
    List<BenchCase> first = quick();
    cases.sort(
        Comparator.comparingInt(c -> first.contains(c) ? first.indexOf(c) : Integer.MAX_VALUE));
    return cases;
  }

  /**
   * The case with so few assets that the stock operator gets through it: with all of them it would
   * not have opened the matches of the case in an hour.
   */
  BenchCase forStock() {
    int load = patterns * Math.max(1, openMatches) * (disorderSeconds > 0 ? 10 : 1);
    int most = load == 1 ? 10_000 : 2_000 / load;
    return new BenchCase(
        Math.min(assets, Math.max(20, most)),
        patterns,
        relevant,
        accepted,
        openMatches,
        disorderSeconds);
  }

  /**
   * Signals of traffic after which each asset has had one that a pattern accepts, so that all of
   * them are known to the engine; at most so many as can be given in a few seconds.
   */
  long trafficUntilSteady() {
    long perAsset = Math.round(1 / relevant) * Math.round(1 / accepted);
    return Math.min(MOST_UNTIL_STEADY, perAsset * assets);
  }

  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT,
        "%,d assets, %d pattern%s, %.0f %% relevant%s, %d open, %s",
        assets,
        patterns,
        patterns == 1 ? "" : "s",
        100 * relevant,
        accepted == 1
            ? ""
            : String.format(java.util.Locale.ROOT, ", of these %.0f %% accepted", 100 * accepted),
        openMatches,
        disorderSeconds == 0 ? "in order" : disorderSeconds + " s disorder");
  }
}
