package io.foreshock.operators.sessions;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What happens to sessions; group {@code sessions}. */
final class SessionMetrics {
  private final Counter sessions;
  private final Counter revisions;

  /** Keys taken back. */
  final Counter deleted;

  /** Moments left out because what they belong to may have been forgotten. */
  final Counter behindHorizon;

  /** Sessions forgotten before the horizon because there were too many. */
  final Counter forgottenEarly;

  SessionMetrics(MetricGroup metrics) {
    MetricGroup group = metrics.addGroup("sessions");
    sessions = group.counter("sessions");
    revisions = group.counter("revisions");
    deleted = group.counter("deleted");
    behindHorizon = group.counter("behindHorizon");
    forgottenEarly = group.counter("forgottenEarly");
  }

  void told(int revision) {
    (revision == 1 ? sessions : revisions).inc();
  }
}
