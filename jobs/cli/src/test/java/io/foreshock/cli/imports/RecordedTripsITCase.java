package io.foreshock.cli.imports;

import io.foreshock.model.Position;
import io.foreshock.model.SessionRow;
import java.nio.file.Path;
import java.util.*;
import org.junit.jupiter.api.Test;

class RecordedTripsITCase {
  static final String PHONE =
      """
      sessions: phones
      appliesTo: {assetClass: phone}
      kind: trip
      gap: 10 min
      moving: true
      positions: {clockStep: 1 min, parked: 25 m, maxSpeed: 250 km/h}
      """;
  static final String CAR =
      """
      sessions: cars
      appliesTo: {assetClass: car}
      kind: trip
      gap: 10 min
      running: [{channel: engine_speed_rpm, above: 300 rpm}]
      measure: {fuelRate: fuel_rate_l_h, speed: vehicle_speed_km_h, load: engine_load_percent}
      """;

  static Path data(String set) {
    return Path.of(System.getProperty("foreshock.data", "../../../shared/data")).resolve(set);
  }

  static double metres(Position a, Position b) {
    double p = Math.toRadians(a.latitudeDegrees()), q = Math.toRadians(b.latitudeDegrees());
    double x =
        Math.pow(Math.sin((q - p) / 2), 2)
            + Math.cos(p)
                * Math.cos(q)
                * Math.pow(
                    Math.sin(Math.toRadians(b.longitudeDegrees() - a.longitudeDegrees()) / 2), 2);
    return 2 * 6_371_008.8 * Math.asin(Math.sqrt(x));
  }

  @Test
  void look() throws Exception {
    StringBuilder s = new StringBuilder();
    for (SessionRow r :
        RecordedTrips.of(
            ImportFormat.GOTRACK_GPS, data("gotrack-gps"), PHONE, SessionRow.Kind.TRIP))
      s.append(
          r.asset().assetId()
              + " "
              + (r.endMillis() - r.startMillis()) / 60000
              + " min "
              + Math.round(r.figures().distanceMetres())
              + " rej "
              + r.figures().rejectedPositions()
              + " max "
              + Math.round(r.figures().maxSpeedKmH())
              + " appr "
              + r.approximate()
              + "\n");
    for (SessionRow r :
        RecordedTrips.of(ImportFormat.ENVIROCAR, data("envirocar"), CAR, SessionRow.Kind.TRIP))
      s.append(r + "\n");
    for (String above : List.of("6 km/h", "8 km/h", "10 km/h", "12 km/h")) {
      for (String gap : List.of("6 s", "10 s", "16 s", "30 s", "60 s")) {
        List<SessionRow> trips =
            RecordedTrips.of(
                ImportFormat.GOAL_GPS,
                data("goal-gps"),
                """
                sessions: vans
                appliesTo: {assetClass: van}
                kind: trip
                gap: %s
                moving: true
                movingAbove: %s
                positions: {parked: 10 m}
                """
                    .formatted(gap, above),
                SessionRow.Kind.TRIP);
        Map<String, List<SessionRow>> by = new HashMap<>();
        trips.forEach(t -> by.computeIfAbsent(t.asset().assetId(), k -> new ArrayList<>()).add(t));
        long[] c = new long[4];
        CsvFile.require(data("goal-gps"), "goal_trajectories", "x")
            .read(
                List.of("chunk", "timestamp", "groundtruth"),
                row -> {
                  long t =
                      java.time.LocalDateTime.parse(row.cell(1).replace(' ', 'T'))
                          .plusYears(56)
                          .toInstant(java.time.ZoneOffset.UTC)
                          .toEpochMilli();
                  boolean in =
                      by.getOrDefault("van-" + row.cell(0), List.of()).stream()
                          .anyMatch(r -> r.startMillis() <= t && t <= r.endMillis());
                  boolean drives = row.cell(2).equals("Driving");
                  c[(drives ? 2 : 0) + (in ? 1 : 0)]++;
                });
        s.append(
            above
                + " gap "
                + gap
                + " trips "
                + trips.size()
                + " tn,fp,fn,tp "
                + Arrays.toString(c)
                + " acc "
                + (c[0] + c[3]) / (double) (c[0] + c[1] + c[2] + c[3])
                + " km "
                + trips.stream().mapToDouble(r -> r.figures().distanceMetres()).sum() / 1000
                + "\n");
      }
    }
    java.nio.file.Files.writeString(Path.of("/tmp/sess_look.txt"), s);
  }
}
