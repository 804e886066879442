package io.foreshock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.watch.MetricList.Metric;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares k8s/metrics.md with what Prometheus reads from all jobs and services while they run. */
class MetricsITCase {
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)\\} \\S+");
  private static final List<String> SERVICES = List.of("notifier", "probe");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Operators' metrics that are Flink's or Kafka's own. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          MetricList.OF_OPERATORS
              + "(current(Input|Output)Watermark|currentSendTime|current(Emit|Fetch)EventTimeLag"
              + "|num(Records|Bytes)\\w*|Kafka\\w+|split_watermark_\\w+|\\w+Committables|sourceIdleTime"
              + "|pendingRecords|watermarkLag|watermarkAlignmentDrift)");

  /** By job and metric, labels of one sample. */
  private static final Map<String, Map<String, Set<String>>> SCRAPED = new TreeMap<>();

  @BeforeAll
  static void scrape() {
    RequiredTools.demand("jq", "curl");
    Installation installation = Installation.shared();
    installation.demand(Installation.JOBS);
    installation.devices().repeat();
    installation.devices().poison();
    new Shell(installation.environment())
        .run(
            """
            await total_beyond flink_taskmanager_job_task_operator_alertRevisions . 0
            for name in precursors ingest; do
              await total_beyond flink_taskmanager_job_task_operator_order_tenant_duplicates $name 0
              await total_beyond flink_taskmanager_job_task_operator_deadLetters_tenant_reason_count $name 0
              await checkpoints_beyond $name 0
            done
            """)
        .demandSuccess();
    installation.scrape().lines().forEach(line -> take("", line));
    scrape(installation.services(), installation.environment());
  }

  /** As soon as a page was delivered, another refused, and a message of the probe answered. */
  private static void scrape(Services services, Map<String, String> environment) {
    environment.put("METRICS", services.address("notifier") + " " + services.address("probe"));
    new Shell(environment)
        .run(
            """
            await total_beyond foreshock_notifier_delivered_total takes 0
            await total_beyond foreshock_notifier_dead_letters_total refuses 0
            await total_beyond foreshock_probe_latency_seconds_count . 0
            """)
        .demandSuccess();
    for (String service : SERVICES) {
      Scrape.of(services.address(service)).lines().forEach(line -> take(service, line));
    }
  }

  @Test
  void everyJobReportsWhatTheListSays() {
    MetricList list = MetricList.read();
    for (String job : Installation.JOBS) {
      assertThat(list.of(job)).as("section " + job).isNotEmpty();
      list.of(job).forEach(metric -> assertReported(job, metric));
    }
  }

  @Test
  void metricsOfFlinkInTheListAreReportedForEveryJob() {
    for (Metric metric : MetricList.read().of("Every job")) {
      for (String job : Installation.JOBS) {
        // The sources of alerts and features do not know what waits until they have read something.
        if (!metric.name().endsWith("pendingRecords") || job.equals("ingest")) {
          assertReported(job, metric);
        }
      }
    }
  }

  @Test
  void listHoldsEveryMetricOfOurs() {
    MetricList list = MetricList.read();
    for (String job : Installation.JOBS) {
      Set<String> known = new TreeSet<>();
      list.of(job).forEach(metric -> known.add(metric.name()));
      assertThat(SCRAPED.get(job).keySet())
          .filteredOn(name -> name.startsWith(MetricList.OF_OPERATORS))
          .filteredOn(name -> !FOREIGN.matcher(name).matches())
          .as("metrics of " + job + " that k8s/metrics.md does not name")
          .allMatch(known::contains);
    }
  }

  @Test
  void everyServiceReportsWhatTheListSaysAndNothingElse() {
    MetricList list = MetricList.read();
    for (String service : SERVICES) {
      assertThat(list.of(service)).as("section " + service).isNotEmpty();
      list.of(service).forEach(metric -> assertReported(service, metric));
      Set<String> known = new TreeSet<>();
      list.of(service).forEach(metric -> known.add(metric.name()));
      assertThat(SCRAPED.get(service).keySet())
          // What a histogram has beside its buckets.
          .filteredOn(name -> !known.contains(name.replaceFirst("_(sum|count)$", "_bucket")))
          .as("metrics of " + service + " that k8s/metrics.md does not name")
          .allMatch(known::contains);
    }
  }

  private static void assertReported(String job, Metric metric) {
    assertThat(SCRAPED.get(job))
        .as("metrics of " + job + " while it runs")
        .containsKey(metric.name());
    assertThat(SCRAPED.get(job).get(metric.name()))
        .as("labels of " + metric.name())
        .containsAll(metric.labels());
  }

  /**
   * @param service who was scraped, when its samples do not say which job they are of
   */
  private static void take(String service, String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (sample.matches()) {
      Map<String, String> labels = new TreeMap<>();
      Matcher label = LABEL.matcher(sample.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      SCRAPED
          .computeIfAbsent(labels.getOrDefault("job_name", service), job -> new TreeMap<>())
          .put(sample.group(1), labels.keySet());
    }
  }
}
