package io.foreshock.operators.sessions;

import static io.foreshock.operators.sessions.SessionRuleSamples.CURRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.ClosedBy;
import io.foreshock.model.SessionRow.Kind;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of a pump: it runs above 5 A, five minutes without end a session. */
class TrackSessionsFunctionTest {
  private static final SessionRules RULES =
      new SessionRules(
          List.of(SessionRuleSamples.PUMP),
          Duration.ofDays(2),
          Duration.ofMinutes(1),
          100,
          Duration.ofDays(20));

  private SessionsHarness sessions;
  private long sequence;

  @BeforeEach
  void open() throws Exception {
    sessions = new SessionsHarness(RULES);
  }

  @AfterEach
  void close() throws Exception {
    sessions.close();
  }

  private TelemetryBatch reading(String time, double amperes) {
    return reading(time, time, amperes);
  }

  private TelemetryBatch reading(String time, String arrival, double amperes) {
    return Readings.of(Assets.pump("pump-1"))
        .sequence(sequence++)
        .at(time)
        .reading(CURRENT, amperes)
        .appendedAt(arrival)
        .batch();
  }

  private void runs(String... times) throws Exception {
    for (String time : times) {
      sessions.send(reading(time, 10));
    }
  }

  private static String span(SessionRow row) {
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

  private List<String> told() {
    return sessions.rows(Kind.OPERATION).stream().map(TrackSessionsFunctionTest::span).toList();
  }

  @Test
  void tellsASessionWhenTheAssetGoesOnWithoutRunning() throws Exception {
    runs("08:00:00", "08:04:00", "08:09:00");
    sessions.send(reading("08:12:00", 0));
    sessions.send(reading("08:14:00", 0));
    assertThat(told()).as("just the gap is not over it").isEmpty();

    sessions.send(reading("08:14:01", 0));
    assertThat(told()).containsExactly("08:00-08:09 r1");
    SessionRow row = sessions.rows(Kind.OPERATION).get(0);
    assertThat(row.closedBy()).isEqualTo(ClosedBy.ASSET_CLOCK);
    assertThat(row.computedAtMillis()).isEqualTo(Readings.time("08:14:01"));
    assertThat(row.key()).isEqualTo("pump-1/operation/" + Readings.time("08:00:00"));
    assertThat(row.figures().readings()).isEqualTo(3);
  }

  @Test
  void takesOneMoreReadingAtJustTheGapIntoTheSession() throws Exception {
    runs("08:00:00", "08:05:00", "08:10:01");
    sessions.endOfInput();
    assertThat(told()).containsExactly("08:00-08:05 r1", "08:10-08:10 r1");
  }

  @Test
  void measuresLoadAndEnergyUpToTheStopAndNotOverHoles() throws Exception {
    String[] times = {"08:00:00", "08:01:00", "08:02:00", "08:04:30", "08:05:30", "08:06:00"};
    double[] kilowatts = {10, 20, 20, 30, 30, 0};
    for (int i = 0; i < times.length; i++) {
      sessions.send(
          Readings.of(Assets.pump("pump-1"))
              .sequence(sequence++)
              .at(times[i])
              .reading(CURRENT, kilowatts[i] * 2)
              .reading("motor_power_kw", kilowatts[i])
              .batch());
    }
    sessions.endOfInput();
    SessionFigures figures = sessions.rows(Kind.OPERATION).get(0).figures();
    // 15 kW and 20 kW for a minute each, nothing over two and a half minutes, 30 kW for a minute.
    assertThat(figures.energyKilowattHours()).isCloseTo((15 + 20 + 30) / 60.0, within(1e-12));
    assertThat(figures.loadMean()).isCloseTo(44, within(1e-12));
    assertThat(figures.loadMax()).isEqualTo(60);
    assertThat(figures.distanceMetres()).isNaN();
  }

  @Test
  void countsStartsAndOperationOfADay() throws Exception {
    runs("08:00:00", "08:05:00", "09:00:00", "09:01:00", "10:00:00");
    sessions.endOfInput();
    SessionRow day = sessions.table(Kind.DAY).get(0);
    assertThat(day.figures().starts()).isEqualTo(3);
    assertThat(day.figures().operatingMillis()).isEqualTo(6 * 60_000);
    assertThat(day.startMillis()).isEqualTo(Readings.time("00:00:00"));
    assertThat(day.endMillis()).isEqualTo(Readings.time(1, "00:00:00"));
  }

  @Test
  void tellsTheOpenSessionOfASilentAssetAndGoesOnWithItLater() throws Exception {
    runs("08:00:00", "08:04:00");
    sessions.ingestClock(Readings.time("08:18:59"));
    assertThat(told()).isEmpty();
    sessions.ingestClock(Readings.time("08:19:00"));
    assertThat(told()).containsExactly("08:00-08:04 r1");
    assertThat(sessions.rows(Kind.OPERATION).get(0).closedBy()).isEqualTo(ClosedBy.SILENCE);

    // It had no network and sends what it measured meanwhile, in order.
    for (String time : List.of("08:08:00", "08:12:00", "08:20:00")) {
      sessions.send(reading(time, "09:00:00", 10));
    }
    assertThat(told()).containsExactly("08:00-08:04 r1", "08:00-08:12 r2");
  }

  @Test
  void mergesWhatALateReadingBridgesAndTakesTheSecondBack() throws Exception {
    runs("08:00:00", "08:01:00", "08:08:00", "08:09:00", "08:20:00");
    sessions.send(reading("08:04:30", "08:21:00", 10));
    assertThat(told()).containsExactly("08:00-08:01 r1", "08:08-08:09 r1");

    sessions.ingestClock(Readings.time("08:22:00"));
    assertThat(told())
        .containsExactly("08:00-08:01 r1", "08:08-08:09 r1", "-08:08-08:08 r2", "08:00-08:09 r2");
    SessionRow merged = sessions.table(Kind.OPERATION).get(0);
    assertThat(merged.closedBy()).isEqualTo(ClosedBy.CORRECTION);
    assertThat(merged.supersedes()).containsExactly(Readings.time("08:08:00"));
    assertThat(merged.approximate()).isFalse();
    assertThat(merged.figures().readings()).isEqualTo(5);
    assertThat(sessions.table(Kind.DAY).get(0).figures().starts()).isEqualTo(1);
  }

  @Test
  void givesASessionThatBeginsEarlierAnotherKey() throws Exception {
    runs("08:10:00", "08:11:00", "08:30:00");
    sessions.send(reading("08:07:00", "08:31:00", 10));
    sessions.ingestClock(Readings.time("08:33:00"));
    assertThat(told()).containsExactly("08:10-08:11 r1", "-08:10-08:10 r2", "08:07-08:11 r2");
  }

  @Test
  void tellsAnUploadOfManyLateReadingsAsOneRevision() throws Exception {
    runs("08:00:00", "08:01:00", "12:00:00");
    for (int minute = 5; minute < 60; minute++) {
      sessions.send(reading("08:%02d:00".formatted(minute), "12:00:30", 10));
    }
    sessions.ingestClock(Readings.time("12:02:00"));
    assertThat(told()).containsExactly("08:00-08:01 r1", "08:00-08:59 r2");
  }

  @Test
  void mergesLateReadingsIntoTheOpenSession() throws Exception {
    runs("08:10:00", "08:12:00");
    sessions.send(reading("08:06:00", "08:12:10", 10));
    sessions.ingestClock(Readings.time("08:14:00"));
    assertThat(told()).isEmpty();
    sessions.send(reading("08:20:00", 0));
    assertThat(told()).containsExactly("08:06-08:12 r1");
  }

  @Test
  void measuresWhatAnotherDeviceOfTheAssetSendsALittleLater() throws Exception {
    for (int minute = 0; minute < 4; minute++) {
      sessions.send(reading("08:0%d:00".formatted(minute), 10));
      if (minute > 0) {
        // The power meter is a minute behind.
        sessions.send(
            Readings.of(Assets.pump("pump-1"))
                .device("meter")
                .sequence(minute)
                .at("08:0%d:00".formatted(minute - 1))
                .reading("motor_power_kw", 60)
                .appendedAt("08:0%d:01".formatted(minute))
                .batch());
      }
    }
    sessions.send(reading("08:20:00", 0));
    SessionRow row = sessions.rows(Kind.OPERATION).get(0);
    assertThat(row.figures().energyKilowattHours()).isCloseTo(2, within(1e-12));
    assertThat(row.approximate()).isFalse();
    assertThat(row.revision()).isEqualTo(1);
  }

  @Test
  void saysThatIntegralsMayBeOffWhenTheSameIsMeasuredTwice() throws Exception {
    runs("08:00:00", "08:01:00");
    for (String time : List.of("08:00:00", "08:01:00", "08:02:00")) {
      sessions.send(
          Readings.of(Assets.pump("pump-1"))
              .sequence(sequence++)
              .at(time)
              .reading(CURRENT, 10)
              .reading("motor_power_kw", 60)
              .batch());
    }
    for (String time : List.of("08:00:30", "08:01:30")) {
      sessions.send(
          Readings.of(Assets.pump("pump-1"))
              .device("second meter")
              .sequence(sequence++)
              .at(time)
              .reading(CURRENT, 10)
              .reading("motor_power_kw", 60)
              .appendedAt("08:03:00")
              .batch());
    }
    sessions.endOfInput();
    SessionRow row = sessions.table(Kind.OPERATION).get(0);
    assertThat(row.approximate()).isTrue();
    assertThat(row.figures().energyKilowattHours()).as("not twice").isCloseTo(2, within(1e-12));
  }

  @Test
  void keepsThePauseBetweenTwoPartsThatALateReadingJoins() throws Exception {
    runs("08:00:00", "08:01:00");
    sessions.send(reading("08:03:00", 0));
    runs("08:30:00");
    for (String time : List.of("08:05:00", "08:06:00")) {
      sessions.send(reading(time, "08:31:00", 20));
    }
    sessions.endOfInput();
    SessionRow joined = sessions.table(Kind.OPERATION).get(0);
    assertThat(span(joined)).isEqualTo("08:00-08:06 r2");
    assertThat(joined.figures().readings()).as("the stop at 08:03 is part of it").isEqualTo(5);
    assertThat(joined.figures().loadMean()).isCloseTo(12, within(1e-12));
    assertThat(joined.approximate()).isFalse();
  }

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
    assertThat(sessions.table(Kind.OPERATION).stream().map(TrackSessionsFunctionTest::span))
        .containsExactly("08:00-08:04 r1", "09:00-09:08 r2", "10:00-10:00 r1");
    assertThat(sessions.table(Kind.DAY)).hasSize(1);
    assertThat(sessions.table(Kind.DAY).get(0).figures().starts()).isEqualTo(3);
  }

  @Test
  void countsALateReadingFromBeforeTheStopIntoTheSession() throws Exception {
    runs("08:00:00", "08:02:00");
    sessions.send(reading("08:03:00", 0));
    sessions.send(reading("08:01:00", "08:03:10", 0));
    sessions.send(reading("08:01:30", "08:03:20", 20));
    sessions.send(reading("08:20:00", 0));
    SessionRow row = sessions.rows(Kind.OPERATION).get(0);
    assertThat(span(row)).isEqualTo("08:00-08:02 r1");
    assertThat(row.figures().readings()).as("all but the pause").isEqualTo(4);
    assertThat(row.figures().loadMean()).isCloseTo(10, within(1e-12));
    assertThat(row.approximate()).isFalse();
  }

  @Test
  void saysThatIntegralsMayBeOffWhenALateReadingMovesTheStopIntoThePause() throws Exception {
    runs("08:00:00", "08:02:00");
    sessions.send(
        Readings.of(Assets.pump("pump-1"))
            .device("meter")
            .sequence(1)
            .at("08:04:00")
            .reading("motor_power_kw", 1)
            .appendedAt("08:04:00")
            .batch());
    sessions.send(reading("08:03:00", "08:04:10", 10));
    sessions.send(reading("08:20:00", 0));
    SessionRow row = sessions.rows(Kind.OPERATION).get(0);
    assertThat(span(row)).isEqualTo("08:00-08:03 r1");
    assertThat(row.approximate()).isTrue();
  }

  private TelemetryBatch at(int day, String time, int arrivalDay, String arrival) {
    return Readings.of(Assets.pump("pump-1"))
        .sequence(sequence++)
        .at(Readings.time(day, time))
        .reading(CURRENT, 10)
        .appendedAt(Readings.time(arrivalDay, arrival))
        .batch();
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
  void survivesAClockThatJumpsBack() throws Exception {
    runs("08:00:00", "08:01:00", "08:02:00");
    for (String time : List.of("06:00:00", "06:01:00", "06:02:00", "06:03:00")) {
      sessions.send(reading(time, "08:03:00", 10));
    }
    runs("08:04:00");
    sessions.endOfInput();
    assertThat(sessions.table(Kind.OPERATION).stream().map(TrackSessionsFunctionTest::span))
        .containsExactly("06:00-06:03 r1", "08:00-08:04 r1");
  }

  @Test
  void doesNotCountValuesThatAreNoNumbers() throws Exception {
    sessions.send(
        Readings.of(Assets.pump("pump-1"))
            .at("08:00:00")
            .reading(CURRENT, Double.NaN)
            .reading("motor_power_kw", Double.POSITIVE_INFINITY)
            .batch());
    assertThat(sessions.keysInState()).isZero();
    runs("08:00:01");
    sessions.send(reading("08:00:02", Double.NEGATIVE_INFINITY));
    sessions.endOfInput();
    SessionFigures figures = sessions.rows(Kind.OPERATION).get(0).figures();
    assertThat(figures.loadMean()).isEqualTo(10);
    assertThat(figures.energyKilowattHours()).isNaN();
  }

  @Test
  void keepsAssetsApartWhoseTimesAreDaysApart() throws Exception {
    for (int minute = 0; minute < 30; minute++) {
      for (int pump = 1; pump <= 3; pump++) {
        sessions.send(
            Readings.of(Assets.pump("pump-" + pump))
                .sequence(minute)
                .at(Readings.time(pump, "08:%02d:00".formatted(minute)))
                .reading(CURRENT, 10)
                .appendedAt(Readings.time(5, "08:%02d:00".formatted(minute)))
                .batch());
      }
    }
    sessions.endOfInput();
    assertThat(sessions.rows(Kind.OPERATION))
        .hasSize(3)
        .allMatch(row -> row.revision() == 1)
        .allMatch(row -> row.endMillis() - row.startMillis() == 29 * 60_000);
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
