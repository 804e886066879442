package io.foreshock.cli.records;

import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Remembers the counters of a job that runs in this process, so that they can be read when it is
 * over: what the operators themselves counted.
 */
public final class CounterReporter implements MetricReporter {
  private static final String NAME = "remember";
  private static final String RUN = "run";
  private static final Map<String, Queue<Named>> RUNS = new ConcurrentHashMap<>();

  private Queue<Named> counters = new ConcurrentLinkedQueue<>();

  private record Named(String identifier, Counter counter) {}

  /** Settings of a cluster whose counters shall be remembered under that name. */
  public static void configure(Configuration cluster, String run) {
    RUNS.put(run, new ConcurrentLinkedQueue<>());
    cluster.setString("metrics.reporters", NAME);
    cluster.setString("metrics.reporter." + NAME + ".factory.class", Factory.class.getName());
    cluster.setString("metrics.reporter." + NAME + "." + RUN, run);
  }

  /**
   * Sum over all tasks of the counters whose full name ends with a text.
   *
   * @param name e.g. {@code order.lost}: groups and name, separated by dots
   */
  public static long sum(String run, String name) {
    return RUNS.getOrDefault(run, new ConcurrentLinkedQueue<>()).stream()
        .filter(named -> named.identifier().endsWith("." + name))
        .mapToLong(named -> named.counter().getCount())
        .sum();
  }

  /** Forgets a run. */
  public static void forget(String run) {
    RUNS.remove(run);
  }

  @Override
  public void open(MetricConfig config) {
    counters = RUNS.getOrDefault(config.getString(RUN, ""), counters);
  }

  @Override
  public void close() {
    // Counters stay readable.
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      counters.add(new Named(group.getMetricIdentifier(name), counter));
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    // Wanted after the job is over.
  }

  /** Found by Flink as a service. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new CounterReporter();
    }
  }
}
