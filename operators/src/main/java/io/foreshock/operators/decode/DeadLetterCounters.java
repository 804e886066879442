package io.foreshock.operators.decode;

import io.foreshock.model.DeadLetter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Dead letters by tenant and reason. A tenant's counters exist from its first letter on. */
final class DeadLetterCounters {
  private final MetricGroup group;
  private final Map<String, Map<DeadLetter.Reason, Counter>> counters = new HashMap<>();

  DeadLetterCounters(MetricGroup group) {
    this.group = group;
  }

  void count(DeadLetter letter) {
    String tenant = letter.source().tenant();
    counters
        .computeIfAbsent(tenant, t -> new EnumMap<>(DeadLetter.Reason.class))
        .computeIfAbsent(
            letter.reason(),
            reason ->
                group.addGroup("tenant", tenant).addGroup("reason", reason.name()).counter("count"))
        .inc();
  }
}
