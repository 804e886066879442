package io.foreshock.operators.sessions;

import static io.foreshock.operators.sessions.SessionRuleSamples.CURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.SessionRow.Kind;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What is kept of an asset, how long, and what comes after that. */
class RememberedSessionsTest extends PumpSessions {

  @Test
  void countsWhatLiesBehindTheHorizonAndLeavesItOut() throws Exception {
    sessions.send(at(0, "08:00:00", 0, "08:00:00"));
    sessions.send(at(3, "08:00:00", 3, "08:00:00"));
    sessions.send(at(0, "12:00:00", 3, "08:01:00"));
    sessions.endOfInput();
    assertThat(sessions.table(Kind.OPERATION)).hasSize(2);
    assertThat(sessions.count("behindHorizon")).isEqualTo(1);
  }

  @Test
  void backfillThatOvertakesTelemetryByMoreThanTheHorizonTakesNothingFromIt() throws Exception {
    sessions.backfill(at(5, "08:03:00", 5, "09:00:00"));
    sessions.backfill(at(5, "08:06:00", 5, "09:00:00"));
    sessions.backfill(at(0, "08:04:00", 5, "09:00:00"));
    for (int day = 0; day <= 5; day++) {
      sessions.send(at(day, "08:00:00", day, "08:00:00"));
      sessions.send(at(day, "08:08:00", day, "08:08:00"));
    }
    sessions.endOfInput();
    assertThat(sessions.count("behindHorizon")).isZero();
    assertThat(sessions.table(Kind.OPERATION))
        .as("the first and the last day are one session each, the others two")
        .hasSize(10);
    assertThat(sessions.table(Kind.DAY)).hasSize(6);
  }

  @Test
  void keepsTheDayOfASessionThatIsStillOpenAfterTheHorizon() throws Exception {
    runs("06:00:00", "07:00:00");
    for (int minute = 0; minute < 3 * 24 * 60; minute += 4) {
      long time = Readings.time("08:00:00") + minute * 60_000L;
      sessions.send(
          Readings.of(Assets.pump("pump-1"))
              .sequence(sequence++)
              .at(time)
              .reading(CURRENT, 10)
              .appendedAt(time)
              .batch());
      if (minute == 4_000) {
        // A correction looks what can be forgotten.
        sessions.backfill(at(3, "02:38:00", 3, "02:40:00"));
      }
    }
    sessions.endOfInput();
    assertThat(sessions.table(Kind.DAY)).hasSize(1);
    assertThat(sessions.table(Kind.DAY).get(0).figures().starts()).isEqualTo(3);
  }

  @Test
  void goesOnWithTheDaysOfAnAssetThatWasOfflineForLongerThanTheHorizon() throws Exception {
    runs("08:00:00", "08:04:00", "09:00:00", "09:04:00");
    sessions.ingestClock(Readings.time(10, "00:00:00"));
    // It uploads what it measured then.
    sessions.send(at(0, "09:08:00", 10, "08:00:00"));
    sessions.send(at(0, "10:00:00", 10, "08:00:01"));
    sessions.endOfInput();
    assertThat(sessions.table(Kind.OPERATION).stream().map(PumpSessions::span))
        .containsExactly("08:00-08:04 r1", "09:00-09:08 r2", "10:00-10:00 r1");
    assertThat(sessions.table(Kind.DAY)).hasSize(1);
    assertThat(sessions.table(Kind.DAY).get(0).figures().starts()).isEqualTo(3);
  }

  @Test
  void keepsNothingOfAMachineThatStandsStill() throws Exception {
    for (int minute = 0; minute < 60; minute++) {
      sessions.send(reading("08:%02d:00".formatted(minute), 0));
    }
    assertThat(sessions.keysInState()).isZero();
    assertThat(sessions.timers()).isZero();
  }

  @Test
  void keepsNothingOfAnAssetWithoutARule() throws Exception {
    sessions.send(
        Readings.of(Assets.of("acme", "room-1", "climate"))
            .at("08:00:00")
            .reading(CURRENT, 100)
            .batch());
    assertThat(sessions.keysInState()).isZero();
    assertThat(sessions.rows()).isEmpty();
  }

  @Test
  void keepsOneTimerAndForgetsAllAfterALongSilence() throws Exception {
    for (int minute = 0; minute < 60; minute++) {
      sessions.send(reading("08:%02d:00".formatted(minute), minute % 20 < 10 ? 10 : 0));
      assertThat(sessions.timers()).isEqualTo(1);
    }
    sessions.ingestClock(Readings.time(20, "08:58:59"));
    assertThat(sessions.keysInState()).isEqualTo(1);
    sessions.ingestClock(Readings.time(20, "08:59:00"));
    assertThat(sessions.keysInState()).isZero();
    assertThat(sessions.timers()).isZero();
    assertThat(sessions.table(Kind.OPERATION)).hasSize(3);
  }

  @Test
  void remembersNoMoreSessionsThanAllowed() throws Exception {
    SessionRules few =
        new SessionRules(
            List.of(SessionRuleSamples.PUMP),
            Duration.ofDays(2),
            Duration.ofMinutes(1),
            3,
            Duration.ofDays(20));
    sessions.close();
    sessions = new SessionsHarness(few);
    for (int hour = 0; hour < 10; hour++) {
      runs("%02d:00:00".formatted(hour));
    }
    // Between the first and the second, which are forgotten.
    sessions.send(reading("00:30:00", "10:00:00", 10));
    sessions.endOfInput();
    assertThat(sessions.table(Kind.OPERATION)).hasSize(10);
    assertThat(sessions.table(Kind.DAY).get(0).figures().starts()).isEqualTo(10);
    assertThat(sessions.count("behindHorizon")).isEqualTo(1);
    assertThat(sessions.count("forgottenEarly")).isGreaterThan(5);
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    runs("08:00:00", "08:04:00", "08:20:00", "08:21:00");
    sessions.send(reading("08:12:00", "08:21:30", 10));
    List<String> before = told();
    OperatorSubtaskState state = sessions.snapshot();
    sessions.close();
    sessions = new SessionsHarness(RULES, state);
    sessions.send(reading("08:08:00", "08:22:00", 10));
    runs("08:30:00");
    sessions.endOfInput();
    assertThat(before).containsExactly("08:00-08:04 r1");
    assertThat(told())
        .as("what was late before and after the restart is merged with what was told before")
        .contains("08:00-08:12 r2", "08:20-08:21 r1", "08:30-08:30 r1");
  }
}
