package io.foreshock.cli.tenants;

import io.foreshock.runtime.kafka.TenantTopic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What each job does with topics. */
enum JobAccess {
  PRECURSORS(
      "precursors",
      List.of(TenantTopic.RAW),
      List.of(TenantTopic.DETECTIONS, TenantTopic.NEAR_MISSES, TenantTopic.DEAD_LETTERS),
      List.of("foreshock.patterns"),
      List.of("foreshock.patterns.status")),
  INGEST(
      "ingest",
      List.of(TenantTopic.RAW),
      // Raw topics, too: it writes the ticks that move the ingest clock.
      List.of(
          TenantTopic.RAW, TenantTopic.TELEMETRY, TenantTopic.BACKFILL, TenantTopic.DEAD_LETTERS),
      List.of("foreshock.assets"),
      List.of()),
  SESSIONS(
      "sessions",
      List.of(TenantTopic.TELEMETRY, TenantTopic.BACKFILL),
      List.of(TenantTopic.SESSIONS),
      List.of(),
      List.of()),
  FEATURES(
      "features",
      List.of(TenantTopic.TELEMETRY, TenantTopic.BACKFILL),
      List.of(),
      List.of("foreshock.assets"),
      List.of()),
  ALERTS(
      "alerts",
      List.of(TenantTopic.DETECTIONS, TenantTopic.COMMANDS),
      List.of(TenantTopic.ALERTS, TenantTopic.NOTIFICATIONS, TenantTopic.COMMAND_ANSWERS),
      List.of("foreshock.assets"),
      List.of()),
  NOTIFIER(
      "notifier",
      List.of(TenantTopic.NOTIFICATIONS, TenantTopic.ALERTS),
      List.of(TenantTopic.NOTIFICATION_DEAD_LETTERS),
      List.of(),
      List.of()),
  MQTT_BRIDGE(
      "mqtt-bridge",
      List.of(),
      List.of(TenantTopic.RAW, TenantTopic.DEAD_LETTERS),
      List.of(),
      List.of()),
  PROBE("probe", List.of(TenantTopic.ALERTS), List.of(TenantTopic.RAW), List.of(), List.of());

  private final String job;
  private final List<TenantTopic> reads;
  private final List<TenantTopic> writes;
  private final List<String> readsControl;
  private final List<String> writesControl;

  JobAccess(
      String job,
      List<TenantTopic> reads,
      List<TenantTopic> writes,
      List<String> readsControl,
      List<String> writesControl) {
    this.job = job;
    this.reads = reads;
    this.writes = writes;
    this.readsControl = readsControl;
    this.writesControl = writesControl;
  }

  static Optional<JobAccess> named(String job) {
    return Arrays.stream(values()).filter(access -> access.job.equals(job)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(JobAccess::job).toList();
  }

  String job() {
    return job;
  }

  /** Kinds of topics of tenants that are read. */
  List<TenantTopic> reads() {
    return reads;
  }

  /** Kinds of topics of tenants that are written. */
  List<TenantTopic> writes() {
    return writes;
  }

  /** What follows the tenant in topics that are written and that users name; empty for none. */
  String writesFamily() {
    return this == FEATURES ? ".features." : "";
  }

  /** Topics beside those of tenants that are read. */
  List<String> readsControl() {
    return readsControl;
  }

  /** Topics beside those of tenants that are written. */
  List<String> writesControl() {
    return writesControl;
  }

  /** Whether it is a Flink job, with a consumer group and transactions of its own. */
  boolean isFlinkJob() {
    return this != MQTT_BRIDGE && this != NOTIFIER && this != PROBE;
  }
}
