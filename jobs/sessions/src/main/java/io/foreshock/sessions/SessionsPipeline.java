package io.foreshock.sessions;

import io.foreshock.model.SessionRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.sessions.SessionInput;
import io.foreshock.operators.sessions.TrackSessionsFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Clean telemetry and backfill to sessions. One shuffle. */
public final class SessionsPipeline {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String MARK_TELEMETRY = "mark-telemetry";

  public static final String MARK_BACKFILL = "mark-backfill";

  public static final String TRACK = "track-sessions";

  private SessionsPipeline() {}

  /**
   * Adds the pipeline to the graph of the given stream.
   *
   * @param telemetry in the order of each device; timestamps and watermarks are the ingest clock
   * @param backfill what came too late for its place, with the ingest clock as timestamps; may be
   *     read ahead of telemetry or behind it, and must not hold watermarks back
   * @return rows, those of one asset in order: later ones replace or delete earlier ones
   */
  public static DataStream<SessionRow> define(
      DataStream<TelemetryBatch> telemetry,
      DataStream<TelemetryBatch> backfill,
      SessionsConfig config) {
    return track(
        mark(telemetry, false, MARK_TELEMETRY).union(mark(backfill, true, MARK_BACKFILL)), config);
  }

  /** Adds the pipeline for telemetry without backfill. */
  public static DataStream<SessionRow> define(
      DataStream<TelemetryBatch> telemetry, SessionsConfig config) {
    return track(mark(telemetry, false, MARK_TELEMETRY), config);
  }

  private static DataStream<SessionInput> mark(
      DataStream<TelemetryBatch> batches, boolean backfill, String uid) {
    return batches
        .map(batch -> new SessionInput(backfill, batch))
        .returns(SessionInput.class)
        .uid(uid)
        .name(uid);
  }

  private static DataStream<SessionRow> track(
      DataStream<SessionInput> inputs, SessionsConfig config) {
    return inputs
        .keyBy(SessionInput::key, Types.STRING)
        .process(new TrackSessionsFunction(config.rules()))
        .uid(TRACK)
        .name(TRACK);
  }
}
