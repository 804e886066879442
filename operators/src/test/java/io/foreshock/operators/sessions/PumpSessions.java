package io.foreshock.operators.sessions;

import static io.foreshock.operators.sessions.SessionRuleSamples.CURRENT;

import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.Kind;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Sessions of a pump: it runs above 5 A, five minutes without end a session. */
abstract class PumpSessions {
  static final SessionRules RULES =
      new SessionRules(
          List.of(SessionRuleSamples.PUMP),
          Duration.ofDays(2),
          Duration.ofMinutes(1),
          100,
          Duration.ofDays(20));

  SessionsHarness sessions;
  long sequence;

  @BeforeEach
  void open() throws Exception {
    sessions = new SessionsHarness(RULES);
  }

  @AfterEach
  void close() throws Exception {
    sessions.close();
  }

  TelemetryBatch reading(String time, double amperes) {
    return reading(time, time, amperes);
  }

  TelemetryBatch reading(String time, String arrival, double amperes) {
    return Readings.of(Assets.pump("pump-1"))
        .sequence(sequence++)
        .at(time)
        .reading(CURRENT, amperes)
        .appendedAt(arrival)
        .batch();
  }

  void runs(String... times) throws Exception {
    for (String time : times) {
      sessions.send(reading(time, 10));
    }
  }

  static String span(SessionRow row) {
    return (row.deleted() ? "-" : "")
        + clock(row.startMillis())
        + "-"
        + clock(row.endMillis())
        + " r"
        + row.revision();
  }

  private static String clock(long millis) {
    long minutes = (millis - Readings.time("00:00:00")) / 60_000;
    return "%02d:%02d".formatted(minutes / 60, minutes % 60);
  }

  List<String> told() {
    return sessions.rows(Kind.OPERATION).stream().map(PumpSessions::span).toList();
  }

  TelemetryBatch at(int day, String time, int arrivalDay, String arrival) {
    return Readings.of(Assets.pump("pump-1"))
        .sequence(sequence++)
        .at(Readings.time(day, time))
        .reading(CURRENT, 10)
        .appendedAt(Readings.time(arrivalDay, arrival))
        .batch();
  }
}
