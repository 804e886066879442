package io.foreshock.cli.tenants;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What each job does with topics. Kinds of topics stand after the tenant's name; a kind that ends
 * with a dot is a beginning of names.
 */
enum JobAccess {
  PRECURSORS(
      "precursors",
      List.of(".telemetry.raw"),
      List.of(".detections", ".telemetry.dlq"),
      List.of("foreshock.patterns"),
      List.of("foreshock.patterns.status")),
  INGEST(
      "ingest",
      List.of(".telemetry.raw", ".telemetry.backfill"),
      List.of(".telemetry", ".telemetry.dlq", ".telemetry.backfill"),
      List.of("foreshock.assets"),
      List.of()),
  STORE(
      "store",
      List.of(".telemetry", ".detections", ".telemetry.dlq"),
      List.of(),
      List.of(),
      List.of()),
  MQTT_BRIDGE("mqtt-bridge", List.of(), List.of(".telemetry.raw"), List.of(), List.of());

  private final String job;
  private final List<String> reads;
  private final List<String> writes;
  private final List<String> readsControl;
  private final List<String> writesControl;

  JobAccess(
      String job,
      List<String> reads,
      List<String> writes,
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
  List<String> reads() {
    return reads;
  }

  /** Kinds of topics of tenants that are written. */
  List<String> writes() {
    return writes;
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
    return this != MQTT_BRIDGE;
  }
}
