package io.foreshock.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshock.backtest.history.CsvFile;
import io.foreshock.model.Measurement;
import io.foreshock.model.Position;
import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.Kind;
import io.foreshock.model.TelemetryBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Trips of recorded vehicles against the tracks and labels that came with them and against plain
 * sums made here. What differs, and why, stands in the README of the job.
 */
class RecordedTripsITCase {
  private static Path data(String set) {
    Path data = Path.of(System.getProperty("foreshock.data", "../../../shared/data")).resolve(set);
    assumeTrue(
        Files.isDirectory(data),
        "Skipped: the public data are not in "
            + data.toAbsolutePath().normalize()
            + ". Point -Dforeshock.data to their folder.");
    return data;
  }

  /** A track as a script would sum it up: every step, from each fix to the next. */
  private static final class Plain {
    private Position last;
    private double metres;
    private double longestStep;
    private Duration longestHole = Duration.ZERO;

    private void add(Position fix) {
      if (last != null) {
        double step = step(last, fix);
        metres += step;
        longestStep = Math.max(longestStep, step);
        Duration hole = Duration.ofMillis(fix.eventTimeMillis() - last.eventTimeMillis());
        longestHole = hole.compareTo(longestHole) > 0 ? hole : longestHole;
      }
      last = fix;
    }

    private boolean isWhole() {
      return longestStep <= 700 && longestHole.compareTo(Duration.ofMinutes(2)) <= 0;
    }

    /** By the law of cosines on vectors, so that no formula is shared with what is tested. */
    private static double step(Position a, Position b) {
      double[] u = vector(a);
      double[] v = vector(b);
      double x = u[0] - v[0];
      double y = u[1] - v[1];
      double z = u[2] - v[2];
      return 2 * 6_371_008.8 * Math.asin(Math.sqrt(x * x + y * y + z * z) / 2);
    }

    private static double[] vector(Position fix) {
      double phi = Math.toRadians(fix.latitudeDegrees());
      double lambda = Math.toRadians(fix.longitudeDegrees());
      return new double[] {
        Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)
      };
    }
  }

  private static Map<String, Plain> plain(ImportFormat format, Path data) throws Exception {
    Map<String, Plain> tracks = new LinkedHashMap<>();
    for (TelemetryBatch batch : RecordedTrips.batches(format, data)) {
      batch
          .positions()
          .forEach(tracks.computeIfAbsent(batch.asset().assetId(), id -> new Plain())::add);
    }
    return tracks;
  }

  private static Map<String, List<SessionRow>> byAsset(List<SessionRow> trips) {
    Map<String, List<SessionRow>> byAsset = new HashMap<>();
    trips.forEach(
        trip -> byAsset.computeIfAbsent(trip.asset().assetId(), id -> new ArrayList<>()).add(trip));
    return byAsset;
  }

  private static double metres(List<SessionRow> trips) {
    return trips.stream().mapToDouble(trip -> trip.figures().distanceMetres()).sum();
  }

  /** Times of this set are cut to the minute, so several fixes share one. */
  private static final String PHONES =
      """
      sessions: phones
      appliesTo: {assetClass: phone}
      kind: trip
      gap: 10 min
      moving: true
      positions: {clockStep: 1 min}
      """;

  @Test
  void tracksOfPhonesAreOneTripEachAndAsLongAsTheSetSays() throws Exception {
    Path data = data("gotrack-gps");
    Map<String, Plain> tracks = plain(ImportFormat.GOTRACK_GPS, data);
    Map<String, List<SessionRow>> trips =
        byAsset(RecordedTrips.of(ImportFormat.GOTRACK_GPS, data, PHONES, Kind.TRIP));
    Map<String, Double> stated = new HashMap<>();
    CsvFile.require(data, "go_track_tracks", "gotrack-gps")
        .read(
            List.of("id", "distance"),
            row -> stated.put("track-" + row.text(0), row.number(1) * 1_000));

    int compared = 0;
    double ours = 0;
    double sums = 0;
    double labels = 0;
    for (Map.Entry<String, Plain> track : tracks.entrySet()) {
      Plain plain = track.getValue();
      if (!plain.isWhole() || plain.metres < 600) {
        continue;
      }
      List<SessionRow> found = trips.getOrDefault(track.getKey(), List.of());
      assertThat(found).as(track.getKey()).hasSize(1);
      // Never longer, and shorter by the wandering at stops: 8 % where it is most.
      assertThat(metres(found))
          .as(track.getKey())
          .isLessThanOrEqualTo(plain.metres)
          .isGreaterThan(plain.metres * 0.92);
      compared++;
      ours += metres(found);
      sums += plain.metres;
      labels += stated.get(track.getKey());
    }
    assertThat(compared).isEqualTo(38);
    assertThat(ours / sums).isBetween(0.98, 0.99);
    assertThat(ours / labels).isBetween(0.99, 1.01);
  }

  @Test
  void phonesThatLayStillAreNoTripOrTheLengthOfAStreetAtMost() throws Exception {
    Path data = data("gotrack-gps");
    Map<String, List<SessionRow>> trips =
        byAsset(RecordedTrips.of(ImportFormat.GOTRACK_GPS, data, PHONES, Kind.TRIP));
    plain(ImportFormat.GOTRACK_GPS, data)
        .forEach(
            (track, plain) -> {
              if (plain.metres < 250) {
                assertThat(metres(trips.getOrDefault(track, List.of()))).as(track).isLessThan(150);
              }
            });
  }

  private static String cars(String gap) {
    return """
        sessions: cars
        appliesTo: {assetClass: car}
        kind: trip
        gap: %s
        running: [{channel: engine_speed_rpm, above: 300 rpm}]
        measure: {fuelRate: fuel_rate_l_h, speed: vehicle_speed_km_h, load: engine_load_percent}
        """
        .formatted(gap);
  }

  private record Track(List<TelemetryBatch> batches) {
    long startMillis() {
      return batches.get(0).newestEventTimeMillis();
    }

    long endMillis() {
      return batches.get(batches.size() - 1).newestEventTimeMillis();
    }

    double metres() {
      Plain plain = new Plain();
      batches.forEach(batch -> batch.positions().forEach(plain::add));
      return plain.metres;
    }

    /** Mean of two neighbours for the time between them, by hand. */
    double integral(String channel) {
      double sum = 0;
      Measurement before = null;
      for (TelemetryBatch batch : batches) {
        for (Measurement measurement : batch.measurements()) {
          if (measurement.channel().equals(channel)) {
            if (before != null) {
              sum +=
                  (before.value() + measurement.value())
                      / 2
                      * (measurement.eventTimeMillis() - before.eventTimeMillis())
                      / 3_600_000;
            }
            before = measurement;
          }
        }
      }
      return sum;
    }
  }

  private static List<Track> recordedTracks(Path data) throws Exception {
    List<String> names = new ArrayList<>();
    CsvFile.require(data, "envirocar_points", "envirocar")
        .read(List.of("track_id"), row -> names.add(row.text(0)));
    List<TelemetryBatch> batches = RecordedTrips.batches(ImportFormat.ENVIROCAR, data);
    Map<String, List<TelemetryBatch>> tracks = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      tracks.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(batches.get(i));
    }
    return tracks.values().stream().map(Track::new).toList();
  }

  @Test
  void tripsOfACarAreItsRecordedTracks() throws Exception {
    Path data = data("envirocar");
    List<Track> tracks = recordedTracks(data);
    List<SessionRow> trips =
        RecordedTrips.of(ImportFormat.ENVIROCAR, data, cars("5 min"), Kind.TRIP);
    assertThat(trips).hasSameSizeAs(tracks).hasSize(7);
    for (int i = 0; i < trips.size(); i++) {
      SessionRow trip = trips.get(i);
      Track track = tracks.get(i);
      assertThat(trip.startMillis()).isEqualTo(track.startMillis());
      assertThat(track.endMillis() - trip.endMillis()).isBetween(0L, 15_000L);
      assertThat(trip.figures().distanceMetres())
          .as("over positions")
          .isCloseTo(track.metres(), within(track.metres() * 0.03));
      assertThat(trip.figures().distanceMetres())
          .as("integral of the car's own speed")
          .isCloseTo(track.integral("vehicle_speed_km_h") * 1_000, within(track.metres() * 0.08));
      assertThat(trip.figures().fuelLitres())
          .isCloseTo(track.integral("fuel_rate_l_h"), within(0.01));
    }
  }

  /** The third stop lasts 9 min 43 s. */
  @Test
  void aStopShorterThanTheGapJoinsTwoTracks() throws Exception {
    List<SessionRow> trips =
        RecordedTrips.of(ImportFormat.ENVIROCAR, data("envirocar"), cars("10 min"), Kind.TRIP);
    assertThat(trips).hasSize(6);
    assertThat(trips)
        .filteredOn(
            trip -> trip.endMillis() - trip.startMillis() > Duration.ofMinutes(30).toMillis())
        .hasSize(1);
  }

  @Test
  void drivingIsToldFromWalkingAsTheLabelsOfADeliveryTourSay() throws Exception {
    Path data = data("goal-gps");
    Map<String, List<SessionRow>> trips =
        byAsset(
            RecordedTrips.of(
                ImportFormat.GOAL_GPS,
                data,
                """
                sessions: vans
                appliesTo: {assetClass: van}
                kind: trip
                gap: 30 s
                moving: true
                movingAbove: 8 km/h
                positions: {parked: 10 m}
                """,
                Kind.TRIP));
    List<Boolean> drives = new ArrayList<>();
    CsvFile.require(data, "goal_trajectories", "goal-gps")
        .read(List.of("groundtruth"), row -> drives.add(row.text(0).equals("Driving")));
    List<TelemetryBatch> batches = RecordedTrips.batches(ImportFormat.GOAL_GPS, data);
    assertThat(batches).hasSameSizeAs(drives).hasSize(28_944);

    int right = 0;
    int found = 0;
    int foundRight = 0;
    double labelled = 0;
    TelemetryBatch before = batches.get(0);
    for (int i = 0; i < batches.size(); i++) {
      TelemetryBatch batch = batches.get(i);
      boolean inTrip = isInTrip(batch, trips);
      found += inTrip ? 1 : 0;
      foundRight += inTrip && drives.get(i) ? 1 : 0;
      right += inTrip == drives.get(i) ? 1 : 0;
      if (drives.get(i) && before.asset().equals(batch.asset())) {
        labelled += Plain.step(before.positions().get(0), batch.positions().get(0));
      }
      before = batch;
    }
    assertThat((double) right / batches.size()).as("agreement").isBetween(0.87, 0.89);
    assertThat((double) foundRight / found).as("precision").isGreaterThan(0.92);
    double driven = trips.values().stream().mapToDouble(RecordedTripsITCase::metres).sum();
    assertThat(driven / labelled).as("distance").isBetween(0.9, 1.1);
  }

  private static boolean isInTrip(TelemetryBatch batch, Map<String, List<SessionRow>> trips) {
    long time = batch.newestEventTimeMillis();
    return trips.getOrDefault(batch.asset().assetId(), List.of()).stream()
        .anyMatch(trip -> trip.startMillis() <= time && time <= trip.endMillis());
  }
}
