package io.foreshock.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What one restore drill is like.
 *
 * @param seed what the devices do
 * @param jobs jobs that are drilled, each restored in every step
 * @param load how long devices send between two steps
 * @param devices devices of each tenant
 * @param rate turns of devices per second, all together
 * @param refusals whether Flink is asked, too, to restore a build that does not fit
 */
public record DrillSettings(
    long seed, List<String> jobs, Duration load, int devices, double rate, boolean refusals) {
  static final List<String> TENANTS = List.of("acme", "globex");

  public DrillSettings {
    jobs = List.copyOf(jobs);
  }

  /** About a minute and a half: the job of the alert path, some seconds of load in each step. */
  public static DrillSettings brief(long seed) {
    return new DrillSettings(seed, List.of("precursors"), Duration.ofSeconds(2), 20, 100, false);
  }

  /** About five minutes: both jobs. */
  public static DrillSettings full(long seed, Duration load) {
    return new DrillSettings(seed, List.of("ingest", "precursors"), load, 30, 200, true);
  }
}
