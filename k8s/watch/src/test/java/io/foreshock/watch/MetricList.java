package io.foreshock.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of k8s/metrics.md.
 *
 * @param metrics in the order of the page
 */
record MetricList(List<Metric> metrics) {
  static final String OF_OPERATORS = "flink_taskmanager_job_task_operator_";

  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]*) \\|([^|]*)\\|.*");
  private static final Pattern LABEL = Pattern.compile("`(\\w+)`");

  /**
   * @param section job or service that reports it, or {@code Every job}
   * @param labels beside those that every metric of a job or operator has
   */
  record Metric(String section, String name, Set<String> labels, String unit) {}

  static MetricList read() {
    List<Metric> metrics = new ArrayList<>();
    String section = "";
    try {
      for (String line : Files.readAllLines(Installation.ROOT.resolve("k8s/metrics.md"))) {
        Matcher row = ROW.matcher(line);
        if (line.startsWith("## ")) {
          section = line.substring(3);
        } else if (row.matches()) {
          Set<String> labels = new TreeSet<>();
          Matcher label = LABEL.matcher(row.group(2));
          while (label.find()) {
            labels.add(label.group(1));
          }
          metrics.add(new Metric(section, row.group(1), labels, row.group(3).strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MetricList(metrics);
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>();
    metrics.forEach(metric -> names.add(metric.name()));
    return names;
  }

  List<Metric> of(String section) {
    return metrics.stream().filter(metric -> metric.section().equals(section)).toList();
  }
}
