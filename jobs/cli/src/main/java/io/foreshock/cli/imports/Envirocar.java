package io.foreshock.cli.imports;

import io.foreshock.backtest.history.CsvFile;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cars of the envirocar set: one line per moment, with a position and what the car's diagnostic
 * port and the phone's receiver said. A car is a device; tracks are not told apart, because a
 * device would not know them. The files do not say when a line arrived, so it arrives at its own
 * time, or with the one before it when that is later.
 */
final class Envirocar implements Recording {
  private static final List<String> COLUMNS =
      List.of("vehicle_id", "time", "lon", "lat", "GPS Speed", "GPS Accuracy");
  private static final List<String> READINGS =
      List.of("Speed", "Rpm", "Engine Load", "Consumption", "Intake Temperature");
  private static final List<String> CHANNELS =
      List.of(
          "vehicle_speed_km_h",
          "engine_speed_rpm",
          "engine_load_percent",
          "fuel_rate_l_h",
          "intake_temperature_c");

  private final CsvFile points;
  private final String tenant;
  private long arrivalMillis;
  private long number;

  Envirocar(Path folder, String tenant) {
    this.points = CsvFile.require(folder, "envirocar_points", "envirocar");
    this.tenant = tenant;
  }

  @Override
  public void readTo(Target target) throws IOException {
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.addAll(READINGS);
    try {
      points.read(columns, row -> read(row, target));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void read(CsvFile.Row row, Target target) {
    try {
      target.row();
      String device = "car-" + row.cell(0);
      long time = time(row.cell(1));
      if (time <= 0) {
        new Cells(target, points.name(), row.line(), device, arrivalMillis)
            .bad(BadCell.WHOLE_LINE, "time", row.cell(1), "a time", "");
        return;
      }
      Cells cells = new Cells(target, points.name(), row.line(), device, time);
      for (int i = 0; i < READINGS.size(); i++) {
        int column = COLUMNS.size() + i;
        cells.add(column, READINGS.get(i), row.cell(column), CHANNELS.get(i));
      }
      arrivalMillis = Math.max(arrivalMillis, time);
      target.message(
          new TelemetryBatch(
              new AssetRef(tenant, device, "car"),
              device,
              "recording",
              number++,
              "",
              arrivalMillis,
              false,
              cells.readings().stream()
                  .sorted((a, b) -> a.channel().compareTo(b.channel()))
                  .toList(),
              List.of(),
              List.of(),
              List.of(),
              positions(row, time)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Position> positions(CsvFile.Row row, long time) {
    if (!Cells.isNumber(row.cell(2)) || !Cells.isNumber(row.cell(3))) {
      return List.of();
    }
    return List.of(
        new Position(
            time, row.number(3), row.number(2), orNaN(row, 4) / 3.6, Double.NaN, orNaN(row, 5)));
  }

  private static double orNaN(CsvFile.Row row, int column) {
    return Cells.isNumber(row.cell(column)) ? row.number(column) : Double.NaN;
  }

  /** Milliseconds since 1970; 0 when it is no time. */
  private static long time(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
