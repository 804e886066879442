package io.foreshock.operators.sessions;

import static io.foreshock.operators.sessions.SessionRuleSamples.CURRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.ClosedBy;
import io.foreshock.model.SessionRow.Kind;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What readings change that come behind the asset's clock. */
class LateReadingsOfSessionsTest extends PumpSessions {

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

  @Test
  void survivesAClockThatJumpsBack() throws Exception {
    runs("08:00:00", "08:01:00", "08:02:00");
    for (String time : List.of("06:00:00", "06:01:00", "06:02:00", "06:03:00")) {
      sessions.send(reading(time, "08:03:00", 10));
    }
    runs("08:04:00");
    sessions.endOfInput();
    assertThat(sessions.table(Kind.OPERATION).stream().map(PumpSessions::span))
        .containsExactly("06:00-06:03 r1", "08:00-08:04 r1");
  }
}
