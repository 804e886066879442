package io.foreshock.bench.latency;

import java.time.Duration;
import java.util.List;

/**
 * What is run.
 *
 * @param rate messages a second, of all assets together
 * @param assets how many assets send in turn
 * @param alertsPerSecond how many of them raise an alert, about
 * @param warmUp time before anything is measured
 * @param measured time that is measured
 * @param checkpointInterval of both jobs; null for what the jobs prefer
 * @param delivery of both jobs: {@code exactly-once} or {@code at-least-once}
 * @param changelog whether state changes are written to a log as they come
 * @param storeDelay how long each write and each look into the checkpoint store takes more than it
 *     would; zero for none
 * @param oneJob whether both stages run in one job, with one hop through Kafka
 * @param kills what is killed while it runs, spread over the measured time
 */
record LatencySettings(
    int rate,
    int assets,
    double alertsPerSecond,
    Duration warmUp,
    Duration measured,
    Duration checkpointInterval,
    String delivery,
    boolean changelog,
    Duration storeDelay,
    boolean oneJob,
    List<Kill> kills) {

  /** What can be killed. */
  enum Kill {
    TASK_MANAGER,
    JOB_MANAGER,
    BROKER;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  boolean exactlyOnce() {
    return delivery.equals("exactly-once");
  }
}
