package io.foreshock.operators.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.Kind;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A rule that calls sessions otherwise than when they were told. */
class ChangedKindTest {
  private static final SessionRule TRIPS = SessionRuleSamples.VEHICLE;
  private static final SessionRule OPERATIONS =
      SessionRuleSamples.as(Kind.OPERATION, SessionRuleSamples.VEHICLE);

  private long sequence;

  private TelemetryBatch speed(String time, String arrival, double kilometresPerHour) {
    return Readings.of(Assets.TRUCK)
        .sequence(sequence++)
        .at(time)
        .reading("vehicle_speed_km_h", kilometresPerHour)
        .reading("engine_speed_rpm", 800)
        .appendedAt(arrival)
        .batch();
  }

  /** A trip from 8:00 to 8:20 with an idling from 8:05 to 8:15, told. */
  private OperatorSubtaskState told(SessionRule rule) throws Exception {
    try (SessionsHarness sessions = new SessionsHarness(SessionRules.of(rule))) {
      for (int minute = 0; minute <= 20; minute++) {
        String time = "08:%02d:00".formatted(minute);
        sessions.send(speed(time, time, minute >= 5 && minute <= 15 ? 0 : 40));
      }
      sessions.ingestClock(Readings.time("09:00:00"));
      assertThat(sessions.table(rule.kind())).hasSize(1);
      return sessions.snapshot();
    }
  }

  private List<SessionRow> afterALateReading(OperatorSubtaskState state, SessionRule rule)
      throws Exception {
    try (SessionsHarness sessions = new SessionsHarness(SessionRules.of(rule), state)) {
      sessions.backfill(speed("08:21:00", "09:10:00", 40));
      sessions.endOfInput();
      assertThat(sessions.keysInState()).isZero();
      return sessions.rows();
    }
  }

  private static List<String> keys(List<SessionRow> rows, boolean deleted) {
    return rows.stream()
        .filter(row -> row.kind() != Kind.DAY && row.deleted() == deleted)
        .map(row -> row.kind() + " r" + row.revision())
        .toList();
  }

  @Test
  void takesBackTheOldKeyAndItsIdlingsWhenATripBecomesAnOperation() throws Exception {
    List<SessionRow> rows = afterALateReading(told(TRIPS), OPERATIONS);
    assertThat(keys(rows, true)).containsExactly("TRIP r2", "IDLING r2");
    assertThat(keys(rows, false)).containsExactly("OPERATION r2");
    assertThat(rows.stream().filter(row -> row.kind() == Kind.TRIP))
        .allMatch(row -> row.startMillis() == Readings.time("08:00:00"));
    assertThat(rows.stream().filter(row -> row.kind() == Kind.OPERATION))
        .as("it was not merged, it is the same")
        .allMatch(row -> row.supersedes().isEmpty());
  }

  @Test
  void takesBackTheOldKeyWhenAnOperationBecomesATrip() throws Exception {
    List<SessionRow> rows = afterALateReading(told(OPERATIONS), TRIPS);
    assertThat(keys(rows, true)).containsExactly("OPERATION r2");
    assertThat(keys(rows, false)).containsExactly("TRIP r2", "IDLING r2");
  }

  @Test
  void takesNothingBackWhileTheKindStays() throws Exception {
    assertThat(keys(afterALateReading(told(TRIPS), TRIPS), true)).isEmpty();
  }
}
