package io.foreshock.bench;

import java.util.ArrayList;
import java.util.List;

/** Results of one case, round by round; the median counts. */
final class Rounds {
  private final int size;
  private final List<Double> ours = new ArrayList<>();
  private final List<Double> passThrough = new ArrayList<>();
  private final List<Double> esper = new ArrayList<>();
  private final List<Double> oursCpu = new ArrayList<>();
  private final List<Double> passThroughCpu = new ArrayList<>();
  private long stateBytes;

  Rounds(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  void ours(Measured measured) {
    ours.add(measured.eventsPerSecond());
    oursCpu.add(measured.cpuMicrosPerEvent());
    stateBytes = measured.stateBytes();
  }

  void passThrough(Measured measured) {
    passThrough.add(measured.eventsPerSecond());
    passThroughCpu.add(measured.cpuMicrosPerEvent());
  }

  void esper(double eventsPerSecond) {
    esper.add(eventsPerSecond);
  }

  double ours() {
    return median(ours);
  }

  double passThrough() {
    return median(passThrough);
  }

  /** Null when it was left out. */
  Double esper() {
    return esper.isEmpty() ? null : (Double) median(esper);
  }

  /** Processor time per signal, microseconds. */
  double oursCpu() {
    return median(oursCpu);
  }

  double passThroughCpu() {
    return median(passThroughCpu);
  }

  /** Of the last round. */
  long stateBytes() {
    return stateBytes;
  }

  private static double median(List<Double> values) {
    return Effort.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
