package io.foreshock.cli.features.history;

import io.foreshock.backtest.history.CsvFile;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Public recordings of vehicles, in the units of the channel catalogue; a device sends once a
 * minute.
 */
final class VehicleHistories {
  private static final long MINUTE = 60_000L;
  private static final Comparator<Measurement> ORDER =
      Comparator.comparingLong(Measurement::eventTimeMillis).thenComparing(Measurement::channel);

  /** The recording has no wall clock: the first trip begins here, each later one an hour later. */
  private static final long CAROBD_START = Instant.parse("2020-01-01T06:00:00Z").toEpochMilli();

  /** The recording begins in 1964, before any clock of a device: it is moved by 60 years. */
  private static final int GOAL_YEARS = 60;

  private VehicleHistories() {}

  /** One car, 27 values a second; those that the catalogue knows. */
  static History carObd(Path folder) {
    List<String> columns =
        List.of(
            "trip",
            "ENGINE_RPM",
            "VEHICLE_SPEED",
            "ENGINE_LOAD",
            "COOLANT_TEMPERATURE",
            "LONG_TERM_FUEL_TRIM_BANK_1",
            "INTAKE_AIR_TEMP",
            "CATALYST_TEMPERATURE_BANK1_SENSOR1",
            "CONTROL_MODULE_VOLTAGE");
    List<String> channels =
        List.of(
            "engine_speed_rpm",
            "vehicle_speed_km_h",
            "engine_load_percent",
            "coolant_temperature_c",
            "fuel_trim_percent",
            "intake_temperature_c",
            "catalyst_temperature_c",
            "battery_voltage_v");
    Minutes minutes = new Minutes("carobd");
    String[] trip = {""};
    long[] clock = {CAROBD_START};
    CsvFile.require(folder, "carobd_trips", "carobd")
        .read(
            columns,
            row -> {
              clock[0] += row.text(0).equals(trip[0]) ? 1_000 : 3_600_000;
              trip[0] = row.text(0);
              for (int i = 0; i < channels.size(); i++) {
                minutes.add("car", new Measurement(channels.get(i), clock[0], row.number(i + 1)));
              }
            });
    return minutes.history();
  }

  /** One vehicle, each 5 s. */
  static History enviroCar(Path folder) {
    Minutes minutes = new Minutes("envirocar");
    CsvFile.require(folder, "envirocar_points", "envirocar")
        .read(
            List.of("vehicle_id", "time", "Rpm", "Speed", "Engine Load", "Intake Temperature"),
            row -> {
              long time = Instant.parse(row.text(1)).toEpochMilli();
              List<String> channels =
                  List.of(
                      "engine_speed_rpm",
                      "vehicle_speed_km_h",
                      "engine_load_percent",
                      "intake_temperature_c");
              for (int i = 0; i < channels.size(); i++) {
                if (row.isPresent(i + 2)) {
                  minutes.add(
                      row.text(0), new Measurement(channels.get(i), time, row.number(i + 2)));
                }
              }
            });
    return minutes.history();
  }

  /** Vans and walkers, a place in metres each 5 s: their speed between two of them. */
  static History goal(Path folder) {
    Minutes minutes = new Minutes("goal");
    Map<String, double[]> before = new TreeMap<>();
    CsvFile.require(folder, "goal_trajectories", "goal-gps")
        .read(
            List.of("chunk", "timestamp", "x", "y"),
            row -> {
              String asset = "track-" + row.text(0);
              long time = goalTime(row.text(1));
              double[] last = before.put(asset, new double[] {time, row.number(2), row.number(3)});
              if (last != null && time > last[0]) {
                double metres = Math.hypot(row.number(2) - last[1], row.number(3) - last[2]);
                double kmPerHour = metres / (time - last[0]) * 3_600;
                if (kmPerHour <= 255) {
                  minutes.add(asset, new Measurement("vehicle_speed_km_h", time, kmPerHour));
                }
              }
            });
    return minutes.history();
  }

  private static long goalTime(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'))
        .plusYears(GOAL_YEARS)
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }

  /** Readings by asset and minute. */
  private static final class Minutes {
    private final String tenant;
    private final Map<String, Map<Long, List<Measurement>>> assets = new TreeMap<>();

    Minutes(String tenant) {
      this.tenant = tenant;
    }

    void add(String asset, Measurement reading) {
      assets
          .computeIfAbsent(asset, a -> new TreeMap<>())
          .computeIfAbsent(reading.eventTimeMillis() / MINUTE, m -> new ArrayList<>())
          .add(reading);
    }

    History history() {
      History.Builder history = new History.Builder();
      assets.forEach(
          (asset, minutes) ->
              minutes
                  .values()
                  .forEach(
                      readings -> {
                        readings.sort(ORDER);
                        history.add(message(new AssetRef(tenant, asset, "vehicle"), readings));
                      }));
      return history.build();
    }

    private static TelemetryBatch message(AssetRef asset, List<Measurement> readings) {
      return new TelemetryBatch(
          asset,
          asset.assetId(),
          "",
          0,
          "",
          0,
          false,
          readings,
          List.of(),
          List.of(),
          List.of(),
          List.of());
    }
  }
}
