package io.foreshock.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The figures that the engine is held to. */
final class Ratios {

  /**
   * @param limit least value of a speed, greatest of a cost; NaN for a value that is only stated
   */
  private record Bar(String name, double limit, Function<List<Row>, Double> value) {}

  private static final List<Bar> BARS =
      List.of(
          speed("oursToStock2pct10k", 300, BenchCase.BASE, Row::stock),
          speed("oursToStock100pct10k", 40, BenchCase.ALL_RELEVANT, Row::stock),
          speed("oursToPassThrough2pct", 0.85, BenchCase.BASE, Row::passThrough),
          speed("oursToPassThrough100pct", 0.25, BenchCase.ALL_RELEVANT, Row::passThrough),
          speed("oursToEsper2pct", 0.5, BenchCase.BASE, Row::esper),
          speed("oursToEsper100pct", Double.NaN, BenchCase.ALL_RELEVANT, Row::esper),
          speed("oursToStock100pctNamed10k", 40, BenchCase.ALL_NAMED, Row::stock),
          speed("oursToPassThrough100pctNamed", 0.25, BenchCase.ALL_NAMED, Row::passThrough),
          cost("assets100kTo1kCost", 1.3, BenchCase.MANY_ASSETS, BenchCase.FEW_ASSETS),
          cost("assets400kTo1kCost", Double.NaN, BenchCase.BEYOND_MEMORY, BenchCase.FEW_ASSETS),
          cost("patterns100To1Cost", 2, BenchCase.MANY_PATTERNS, BenchCase.BASE),
          cost("open100To1Cost", 3, BenchCase.MANY_OPEN, BenchCase.FEW_ASSETS));

  private static final Set<BenchCase> WITH_BAR =
      Set.of(
          BenchCase.BASE,
          BenchCase.ALL_RELEVANT,
          BenchCase.ALL_NAMED,
          BenchCase.FEW_ASSETS,
          BenchCase.MANY_ASSETS,
          BenchCase.MANY_PATTERNS,
          BenchCase.MANY_OPEN);

  private Ratios() {}

  /** Whether a figure with a bar is taken from the case. */
  static boolean hasBar(BenchCase c) {
    return WITH_BAR.contains(c);
  }

  private static Bar speed(String name, double least, BenchCase c, Function<Row, Double> other) {
    return new Bar(name, least, rows -> divided(row(rows, c), Row::ours, row(rows, c), other));
  }

  /** Cost per signal of one case over that of another. */
  private static Bar cost(String name, double most, BenchCase c, BenchCase over) {
    return new Bar(
        name, most, rows -> divided(row(rows, over), Row::ours, row(rows, c), Row::ours));
  }

  private static Row row(List<Row> rows, BenchCase c) {
    return rows.stream().filter(row -> row.benchCase().equals(c)).findFirst().orElse(null);
  }

  private static Double divided(
      Row above, Function<Row, Double> one, Row below, Function<Row, Double> other) {
    if (above == null || below == null || one.apply(above) == null || other.apply(below) == null) {
      return null;
    }
    return Math.round(1000 * one.apply(above) / other.apply(below)) / 1000.0;
  }

  /** By name; null where one of the two was not measured. */
  static Map<String, Double> of(List<Row> rows) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    BARS.forEach(bar -> ratios.put(bar.name(), bar.value().apply(rows)));
    return ratios;
  }

  static void print(Map<String, Double> ratios, PrintWriter out) {
    for (Bar bar : BARS) {
      Double value = ratios.get(bar.name());
      if (value == null) {
        continue;
      }
      boolean cost = bar.name().endsWith("Cost");
      boolean met = cost ? value <= bar.limit() : value >= bar.limit();
      String judged =
          Double.isNaN(bar.limit())
              ? ""
              : String.format(
                  Locale.ROOT,
                  "   bar: %s %s, %s",
                  cost ? "at most" : "at least",
                  bar.limit(),
                  met ? "met" : "MISSED");
      out.printf(Locale.ROOT, "%-24s %9.3f%s%n", bar.name(), value, judged);
    }
  }
}
