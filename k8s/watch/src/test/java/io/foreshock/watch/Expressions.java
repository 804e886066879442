package io.foreshock.watch;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds metrics in expressions of Prometheus: every name of ours or Flink's begins so. */
final class Expressions {
  private static final Pattern METRIC = Pattern.compile("\\b(flink|foreshock)_\\w+");

  private Expressions() {}

  static Set<String> metrics(Collection<String> expressions) {
    Set<String> metrics = new TreeSet<>();
    for (String expression : expressions) {
      Matcher metric = METRIC.matcher(expression);
      while (metric.find()) {
        metrics.add(metric.group());
      }
    }
    return metrics;
  }
}
