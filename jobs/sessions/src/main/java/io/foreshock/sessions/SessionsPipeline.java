package io.foreshock.sessions;

import io.foreshock.model.SessionRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.sessions.TrackSessionsFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Clean telemetry to sessions. One shuffle. */
public final class SessionsPipeline {
  /** uid and name; stored in savepoints, so changing it is a migration. */
  public static final String TRACK = "track-sessions";

  private SessionsPipeline() {}

  /**
   * Adds the pipeline to the graph of the given stream.
   *
   * @param telemetry clean telemetry and backfill in any order; timestamps and watermarks are the
   *     ingest clock
   * @return rows, those of one asset in order: later ones replace or delete earlier ones
   */
  public static DataStream<SessionRow> define(
      DataStream<TelemetryBatch> telemetry, SessionsConfig config) {
    return telemetry
        .keyBy(batch -> batch.asset().key(), Types.STRING)
        .process(new TrackSessionsFunction(config.rules()))
        .uid(TRACK)
        .name(TRACK);
  }
}
