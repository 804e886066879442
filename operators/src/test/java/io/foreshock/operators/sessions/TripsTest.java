package io.foreshock.operators.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.Position;
import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionFigures.DistanceSource;
import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.Kind;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trips of a vehicle that drives north, where a degree is 111.195 km. */
class TripsTest {
  private static final double METRES_PER_DEGREE = Math.PI / 180 * 6_371_008.8;
  private static final long START = Readings.time("08:00:00");

  private SessionsHarness sessions;
  private long sequence;
  private double north;

  @BeforeEach
  void open() throws Exception {
    sessions = new SessionsHarness(SessionRules.of(SessionRuleSamples.VEHICLE));
  }

  @AfterEach
  void close() throws Exception {
    sessions.close();
  }

  private void fix(long second, double metresNorth, double metresEast, double accuracy)
      throws Exception {
    long millis = START + second * 1_000;
    Position position =
        new Position(
            millis,
            48 + metresNorth / METRES_PER_DEGREE,
            16 + metresEast / METRES_PER_DEGREE / Math.cos(Math.toRadians(48)),
            Double.NaN,
            Double.NaN,
            accuracy);
    TelemetryBatch empty =
        Readings.of(Assets.of("acme", "van-1", "vehicle")).sequence(sequence++).at(millis).batch();
    sessions.send(
        new TelemetryBatch(
            empty.asset(),
            empty.deviceId(),
            empty.bootId(),
            empty.sequence(),
            "",
            millis,
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(position)));
  }

  private void fix(long second, double metresNorth) throws Exception {
    fix(second, metresNorth, 0, Double.NaN);
  }

  /** Speed in km/h, and further readings as pairs of channel and value. */
  private void speed(long second, double kmH, Object... others) throws Exception {
    Readings readings =
        Readings.of(Assets.of("acme", "van-1", "vehicle"))
            .sequence(sequence++)
            .at(START + second * 1_000)
            .reading("vehicle_speed_km_h", kmH);
    for (int i = 0; i < others.length; i += 2) {
      readings.reading((String) others[i], ((Number) others[i + 1]).doubleValue());
    }
    sessions.send(readings.batch());
  }

  private SessionRow trip() throws Exception {
    sessions.endOfInput();
    List<SessionRow> trips = sessions.table(Kind.TRIP);
    assertThat(trips).hasSize(1);
    return trips.get(0);
  }

  @Test
  void measuresTheWayFromWhereTheVehicleStood() throws Exception {
    fix(0, 0);
    fix(60, 3);
    for (int second = 65; second <= 165; second += 5) {
      north += 70;
      fix(second, north);
    }
    fix(225, north + 5);
    SessionRow trip = trip();
    assertThat(trip.startMillis()).isEqualTo(START + 65_000);
    assertThat(trip.endMillis()).isEqualTo(START + 165_000);
    SessionFigures figures = trip.figures();
    assertThat(figures.distanceSource()).isEqualTo(DistanceSource.POSITIONS);
    assertThat(figures.distanceMetres()).isCloseTo(21 * 70, within(0.1));
    assertThat(figures.averageSpeedKmH()).isCloseTo(21 * 70 / 100.0 * 3.6, within(0.1));
    assertThat(figures.maxSpeedKmH()).isCloseTo(70 / 5.0 * 3.6, within(0.1));
    assertThat(figures.rejectedPositions()).isZero();
  }

  @Test
  void findsNoTripWhereAReceiverWandersInAParkedVehicle() throws Exception {
    long seed = 20_261_120;
    Random random = new Random(seed);
    for (int second = 0; second < 8 * 3_600; second += 30) {
      fix(second, random.nextGaussian() * 6, random.nextGaussian() * 6, Double.NaN);
    }
    sessions.endOfInput();
    assertThat(sessions.rows()).as("seed %d", seed).isEmpty();
  }

  @Test
  void doesNotBelieveAJumpAndGoesOnWhereItWas() throws Exception {
    for (int second = 0; second <= 100; second += 5) {
      north += 70;
      fix(second, second == 50 ? north + 40_000 : north);
    }
    SessionFigures figures = trip().figures();
    assertThat(figures.rejectedPositions()).isEqualTo(1);
    assertThat(figures.distanceMetres()).isCloseTo(20 * 70, within(0.1));
    assertThat(figures.maxSpeedKmH()).isLessThan(60);
  }

  @Test
  void believesTheThirdPositionThatAgreesAndDoesNotCountTheJump() throws Exception {
    for (int second = 0; second <= 100; second += 5) {
      north += 70;
      fix(second, second >= 50 ? north + 40_000 : north);
    }
    SessionFigures figures = trip().figures();
    assertThat(figures.rejectedPositions()).isEqualTo(3);
    assertThat(figures.distanceMetres()).isCloseTo(9 * 70 + 8 * 70, within(0.1));
  }

  @Test
  void leavesOutPoorPositions() throws Exception {
    for (int second = 0; second <= 100; second += 5) {
      north += 70;
      fix(second, north, second % 10 == 5 ? 500 : 0, second % 10 == 5 ? 800 : 5);
    }
    SessionFigures figures = trip().figures();
    assertThat(figures.rejectedPositions()).as("the first came before the trip").isEqualTo(9);
    assertThat(figures.distanceMetres()).isCloseTo(20 * 70, within(0.1));
  }

  @Test
  void prefersTheOdometerAndElseIntegratesTheSpeed() throws Exception {
    for (int second = 0; second <= 600; second += 5) {
      speed(second, 36);
    }
    SessionFigures bySpeed = trip().figures();
    assertThat(bySpeed.distanceSource()).isEqualTo(DistanceSource.SPEED);
    assertThat(bySpeed.distanceMetres()).isCloseTo(6_000, within(1e-6));

    sessions.close();
    open();
    for (int second = 0; second <= 600; second += 5) {
      speed(second, 36, "odometer_km", 1_000 + second * 0.0101);
    }
    SessionFigures byOdometer = trip().figures();
    assertThat(byOdometer.distanceSource()).isEqualTo(DistanceSource.ODOMETER);
    assertThat(byOdometer.distanceMetres()).isCloseTo(6_060, within(1e-6));
  }

  @Test
  void doesNotTrustAnOdometerThatGoesBack() throws Exception {
    for (int second = 0; second <= 600; second += 5) {
      speed(second, 36, "odometer_km", 1_000 - second);
    }
    assertThat(trip().figures().distanceSource()).isEqualTo(DistanceSource.SPEED);
  }

  @Test
  void integratesFuel() throws Exception {
    for (int second = 0; second <= 3_600; second += 10) {
      speed(second, 50, "fuel_rate_l_h", 4 + second / 1_800.0);
    }
    assertThat(trip().figures().fuelLitres()).isCloseTo(5, within(1e-9));
  }

  @Test
  void tellsIdlingOfFiveMinutesAndNoLess() throws Exception {
    drive(0, 300, 40);
    drive(305, 604, 0);
    drive(605, 900, 40);
    drive(905, 1_210, 0);
    drive(1_215, 1_500, 40);
    SessionRow trip = trip();
    List<SessionRow> idlings = sessions.table(Kind.IDLING);
    assertThat(idlings).hasSize(1);
    assertThat(idlings.get(0).startMillis()).isEqualTo(START + 905_000);
    assertThat(idlings.get(0).endMillis()).isEqualTo(START + 1_210_000);
    assertThat(idlings.get(0).sessionKey()).isEqualTo(trip.key());
    assertThat(trip.figures().idlingCount()).isEqualTo(1);
    assertThat(trip.figures().idlingMillis()).isEqualTo(305_000);
  }

  /** With the engine on, each five seconds. */
  private void drive(int from, int to, double kmH) throws Exception {
    for (int second = from; second <= to; second += 5) {
      speed(second, kmH, "engine_speed_rpm", 900);
    }
  }

  @Test
  void endsATripWhereTheEngineIsSwitchedOff() throws Exception {
    drive(0, 300, 40);
    for (int second = 305; second <= 1_200; second += 5) {
      speed(second, 0, "engine_speed_rpm", 0);
    }
    drive(1_205, 1_500, 40);
    sessions.endOfInput();
    assertThat(sessions.table(Kind.TRIP))
        .hasSize(2)
        .allMatch(trip -> trip.figures().idlingCount() == 0);
    assertThat(sessions.table(Kind.TRIP).get(0).endMillis()).isEqualTo(START + 300_000);
  }

  @Test
  void countsHarshBrakingOnceForEachTimeItBegins() throws Exception {
    double[] speeds = {50, 50, 44, 30, 16, 10, 10, 40, 28.1, 28, 28, 50, 37.7, 37};
    for (int second = 0; second < speeds.length; second++) {
      speed(second, speeds[second]);
    }
    // Above 12.24 km/h in a second: 44 to 30 to 16, and 50 to 37.7; not 40 to 28.1.
    assertThat(trip().figures().harshBrakings()).isEqualTo(2);
  }

  @Test
  void takesNoBrakingFromReadingsFarApart() throws Exception {
    speed(0, 100);
    speed(7, 0.1);
    speed(14, 50);
    assertThat(trip().figures().harshBrakings()).isZero();
  }

  @Test
  void joinsIdlingAcrossTwoPartsOfATripThatAnUploadCompletes() throws Exception {
    drive(0, 60, 40);
    drive(65, 300, 0);
    // Nothing for a while, the rest of the day, then the missing minutes.
    drive(1_200, 1_300, 40);
    drive(3_000, 3_010, 40);
    for (int second = 305; second <= 500; second += 5) {
      late(second, 0);
    }
    for (int second = 505; second <= 1_195; second += 5) {
      late(second, 40);
    }
    sessions.endOfInput();
    SessionRow trip = sessions.table(Kind.TRIP).get(0);
    assertThat(trip.endMillis()).isEqualTo(START + 1_300_000);
    assertThat(sessions.table(Kind.IDLING)).hasSize(1);
    assertThat(trip.figures().idlingMillis()).isEqualTo(435_000);
    assertThat(trip.approximate()).isFalse();
    assertThat(trip.figures().distanceMetres()).isCloseTo(40 / 3.6 * (62.5 + 797.5), within(1e-6));
  }

  private void late(int second, double kmH) throws Exception {
    sessions.send(
        Readings.of(Assets.of("acme", "van-1", "vehicle"))
            .sequence(sequence++)
            .at(START + second * 1_000L)
            .reading("vehicle_speed_km_h", kmH)
            .reading("engine_speed_rpm", 900)
            .appendedAt(START + 3_011_000)
            .batch());
  }
}
