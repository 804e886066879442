package io.foreshock.operators.order;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counters of the order operator, in group {@code order}: of all tenants, and for what tells about
 * links again by {@code tenant}. Devices are too many for labels: link-health readings name them.
 */
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

  /** See {@link #clock}. Written by the task, read by reporters, for whom any recent value does. */
  private long clockLagMillis;

  private final MetricGroup group;
  private final Map<String, OfTenant> tenants = new HashMap<>();

  OrderMetrics(MetricGroup operator) {
    group = operator.addGroup("order");
    duplicates = group.counter("duplicates");
    lost = group.counter("lost");
    jumps = group.counter("jumps");
    late = group.counter("late");
    reordered = group.counter("reordered");
    overflow = group.counter("overflow");
    group.gauge("assetClockLagMillis", () -> clockLagMillis);
  }

  /**
   * How far the clock of the device heard of last was behind the ingest clock.
   *
   * @param lagMillis negative when the device's clock is ahead
   */
  void clock(long lagMillis) {
    clockLagMillis = lagMillis;
  }

  /** Counters of one tenant; exist from the first count on. */
  static final class OfTenant {
    final Counter duplicates;
    final Counter lost;
    final Counter late;
    final Counter reordered;

    private OfTenant(MetricGroup group) {
      duplicates = group.counter("duplicates");
      lost = group.counter("lost");
      late = group.counter("late");
      reordered = group.counter("reordered");
    }
  }

  /**
   * Counters of the tenant of an asset.
   *
   * @param key key of the asset
   */
  OfTenant tenant(String key) {
    String tenant = key.substring(0, key.indexOf('/'));
    OfTenant counters = tenants.get(tenant);
    if (counters == null) {
      counters = new OfTenant(group.addGroup("tenant", tenant));
      tenants.put(tenant, counters);
    }
    return counters;
  }
}
