package io.foreshock.backtest.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Wall time and CPU time of this process since a moment. */
final class CpuClock {
  private final long wallNanos = System.nanoTime();
  private final long cpuNanos = processCpuNanos();

  private CpuClock() {}

  static CpuClock start() {
    return new CpuClock();
  }

  double wallSeconds() {
    return (System.nanoTime() - wallNanos) / 1e9;
  }

  /** CPU seconds of all threads, compilation and garbage collection included; NaN when unknown. */
  double cpuSeconds() {
    return cpuNanos < 0 ? Double.NaN : (processCpuNanos() - cpuNanos) / 1e9;
  }

  private static long processCpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }
}
