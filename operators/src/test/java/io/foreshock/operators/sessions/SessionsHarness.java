package io.foreshock.operators.sessions;

import io.foreshock.model.SessionRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The operator alone; the ingest clock goes with the messages unless it is moved. */
final class SessionsHarness implements AutoCloseable {
  private final Counters counters = new Counters();
  private final KeyedOneInputStreamOperatorTestHarness<String, SessionInput, SessionRow> harness;
  private long clockMillis = Long.MIN_VALUE;

  SessionsHarness(SessionRules rules) throws Exception {
    this(rules, null);
  }

  SessionsHarness(SessionRules rules, OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TrackSessionsFunction(rules)),
            SessionInput::key,
            Types.STRING,
            counters.environment());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  /** A message; the ingest clock then stands at its append time. */
  SessionsHarness send(TelemetryBatch batch) throws Exception {
    harness.processElement(new SessionInput(false, batch), batch.appendTimeMillis());
    return ingestClock(batch.appendTimeMillis());
  }

  /** A message of backfill; it does not move the ingest clock. */
  SessionsHarness backfill(TelemetryBatch batch) throws Exception {
    harness.processElement(new SessionInput(true, batch), batch.appendTimeMillis());
    return this;
  }

  SessionsHarness ingestClock(long millis) throws Exception {
    if (millis > clockMillis) {
      clockMillis = millis;
      harness.processWatermark(millis);
    }
    return this;
  }

  SessionsHarness endOfInput() throws Exception {
    return ingestClock(Long.MAX_VALUE);
  }

  /** What came out so far, in order. */
  List<SessionRow> rows() {
    return harness.extractOutputValues();
  }

  /** Rows of one kind that came out so far. */
  List<SessionRow> rows(SessionRow.Kind kind) {
    return rows().stream().filter(row -> row.kind() == kind).toList();
  }

  /** What is left of one kind after compaction. */
  List<SessionRow> table(SessionRow.Kind kind) {
    return table(rows()).stream().filter(row -> row.kind() == kind).toList();
  }

  /**
   * What a compacted topic holds in the end, by key.
   *
   * @throws IllegalStateException when a revision is not above the one it replaces
   */
  static List<SessionRow> table(List<SessionRow> rows) {
    TreeMap<String, SessionRow> table = new TreeMap<>();
    for (SessionRow row : rows) {
      String key = row.asset().tenant() + "/" + row.key();
      SessionRow before = row.deleted() ? table.remove(key) : table.put(key, row);
      if (before != null && before.revision() >= row.revision()) {
        throw new IllegalStateException(row + " does not go beyond " + before);
      }
      if (before == null && row.deleted()) {
        throw new IllegalStateException(row + " takes back what was never told");
      }
    }
    return new ArrayList<>(table.values());
  }

  int keysInState() {
    return harness.numKeyedStateEntries();
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  long count(String counter) {
    return counters.get("sessions." + counter);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
