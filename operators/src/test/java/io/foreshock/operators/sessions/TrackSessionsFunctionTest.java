package io.foreshock.operators.sessions;

import static io.foreshock.operators.sessions.SessionRuleSamples.CURRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.ClosedBy;
import io.foreshock.model.SessionRow.Kind;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import org.junit.jupiter.api.Test;

/** When a pump's session begins and ends, and what is measured of it. */
class TrackSessionsFunctionTest extends PumpSessions {

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
}
