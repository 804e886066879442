package io.foreshock.bench;

import io.foreshock.bench.RunningJob.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measurements of one contender, of which the median counts. */
final class Rounds {
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();

  void add(Sample sample) {
    rates.add(sample.eventsPerSecond());
    cpu.add(sample.cpuMicrosPerEvent());
  }

  /** Without processor time. */
  void add(double eventsPerSecond) {
    rates.add(eventsPerSecond);
  }

  /** Signals per second; null when it was left out. */
  Double rate() {
    return rates.isEmpty() ? null : (Double) median(rates);
  }

  /** Processor time per signal, microseconds; null when it was left out. */
  Double cpu() {
    return cpu.isEmpty() ? null : (Double) median(cpu);
  }

  /** Greatest of the rates over the least. */
  double spread() {
    double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 1 : sorted[sorted.length - 1] / sorted[0];
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,12.0f/s", rate())
        + (cpu.isEmpty() ? "" : String.format(Locale.ROOT, "  (%.2f µs of processor)", cpu()))
        + String.format(Locale.ROOT, "  greatest of %d over least %.2f", rates.size(), spread());
  }
}
