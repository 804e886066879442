package io.foreshock.operators.order;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counters of the order operator, in group {@code order}. */
final class OrderMetrics {
  /** Repeats that were dropped. */
  final Counter duplicates;

  /** Messages given up; one that still comes is late too. */
  final Counter lost;

  /** Times that numbering went ahead by more than 1,000: a large loss, or a damaged number. */
  final Counter jumps;

  /** Batches, or parts of them, that took the late route. */
  final Counter late;

  /** Messages that had to wait for others. */
  final Counter reordered;

  /** Gaps given up because too many messages waited. */
  final Counter overflow;

  OrderMetrics(MetricGroup operator) {
    MetricGroup group = operator.addGroup("order");
    duplicates = group.counter("duplicates");
    lost = group.counter("lost");
    jumps = group.counter("jumps");
    late = group.counter("late");
    reordered = group.counter("reordered");
    overflow = group.counter("overflow");
  }
}
