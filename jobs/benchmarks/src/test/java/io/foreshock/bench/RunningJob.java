package io.foreshock.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;

/** A job that stands still between two measurements. */
final class RunningJob implements AutoCloseable {

  /** Longest time to wait for anything. */
  static final Duration AT_MOST = Duration.ofMinutes(15);

  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final FlinkInProcess flink;
  private final Run run;
  private final JobID job;
  private long done;

  RunningJob(FlinkInProcess flink, Run run, JobID job) {
    this.flink = flink;
    this.run = run;
    this.job = job;
  }

  /**
   * One measurement.
   *
   * @param eventsPerSecond signals by the time between two goals
   * @param cpuMicrosPerEvent processor time of the whole process per signal, all threads
   */
  record Sample(double eventsPerSecond, double cpuMicrosPerEvent) {}

  /** Goes on until so many signals of traffic have been given in all. */
  void goTo(long traffic) throws Exception {
    run.goTo(Math.max(done, traffic / Cluster.PARALLELISM));
    done = run.awaitDone(AT_MOST);
  }

  /** Goes on for a time, from the end of the prefill if that is still to come. */
  void goFor(Duration time) throws Exception {
    run.goFor(time);
    done = run.awaitDone(AT_MOST);
  }

  Sample sample(Duration time) throws Exception {
    long before = done;
    long cpu = CPU.getProcessCpuTime();
    long start = System.nanoTime();
    goFor(time);
    double seconds = (System.nanoTime() - start) / 1e9;
    long events = Math.max(1, (done - before) * Cluster.PARALLELISM);
    return new Sample(events / seconds, (CPU.getProcessCpuTime() - cpu) / 1e3 / events);
  }

  /** Signals of traffic that each part of the source has given in all. */
  long trafficPerPart() {
    return done;
  }

  /** Size of a canonical savepoint. */
  long stateBytes() throws Exception {
    return flink.savepointBytes(job);
  }

  /** Sends time on, so that nothing waits any more, and gives all matches, sorted. */
  List<String> matches() throws Exception {
    run.awaitFlush(AT_MOST);
    return run.matches();
  }

  JobID id() {
    return job;
  }

  @Override
  public void close() throws Exception {
    try {
      flink.cancel(job);
    } finally {
      run.close();
    }
  }
}
