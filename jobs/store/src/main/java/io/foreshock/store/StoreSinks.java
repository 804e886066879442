package io.foreshock.store;

import io.foreshock.model.Detection;
import io.foreshock.model.SessionRow;
import io.foreshock.model.TelemetryBatch;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Stores streams in PostgreSQL.
 *
 * <p>At least once, with keys that are a function of what is stored: a repeat changes nothing, so
 * each row is there once. Everything that came before a checkpoint is stored when it completes. One
 * connection for each parallel task of each stream.
 */
public final class StoreSinks {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String DROP_HEARTBEATS = "drop-heartbeats";

  public static final String STORE_TELEMETRY = "store-telemetry";
  public static final String STORE_DETECTIONS = "store-detections";
  public static final String STORE_SESSIONS = "store-sessions";

  /** Times that a statement is tried again on a database that answers, e.g. after a deadlock. */
  private static final int RETRIES = 5;

  private StoreSinks() {}

  /**
   * Stores readings, fault codes, maintenance, operating states and positions.
   *
   * @param telemetry clean telemetry; order does not matter, repeats do not either
   */
  public static void writeTelemetry(DataStream<TelemetryBatch> telemetry, StoreConfig config) {
    telemetry
        .filter(batch -> batch.oldestEventTimeMillis() != Long.MAX_VALUE)
        .uid(DROP_HEARTBEATS)
        .name(DROP_HEARTBEATS)
        .sinkTo(sink(TelemetryStatement.SQL, new TelemetryStatement(), config))
        .uid(STORE_TELEMETRY)
        .name(STORE_TELEMETRY);
  }

  /** Stores detections, evidence included. */
  public static void writeDetections(DataStream<Detection> detections, StoreConfig config) {
    detections
        .sinkTo(sink(DetectionStatement.SQL, new DetectionStatement(), config))
        .uid(STORE_DETECTIONS)
        .name(STORE_DETECTIONS);
  }

  /**
   * Stores sessions: the newest revision of each key; what was merged away is deleted.
   *
   * @param sessions rows of one asset in order
   */
  public static void writeSessions(DataStream<SessionRow> sessions, StoreConfig config) {
    sessions
        .sinkTo(sink(SessionStatement.SQL, new SessionStatement(), config))
        .uid(STORE_SESSIONS)
        .name(STORE_SESSIONS);
  }

  private static <T> JdbcSink<T> sink(
      String sql, JdbcStatementBuilder<T> statement, StoreConfig config) {
    return JdbcSink.<T>builder()
        .withQueryStatement(sql, statement)
        .withExecutionOptions(
            JdbcExecutionOptions.builder()
                .withBatchSize(config.batchSize())
                // No timer: a thread of its own would wait where cancelling does not reach it.
                // Checkpoints send what has gathered.
                .withBatchIntervalMs(0)
                .withMaxRetries(RETRIES)
                .build())
        .buildAtLeastOnce(new PatientConnections(config.access(), config.patience()));
  }
}
