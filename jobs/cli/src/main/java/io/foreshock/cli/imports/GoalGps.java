package io.foreshock.cli.imports;

import io.foreshock.backtest.history.CsvFile;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Phones of the drivers of delivery vans (GOAL): one line per fix, in metres east and north of a
 * point that the set does not name, at times that it moved to 1964. Here the point is 0° N 0° E,
 * where a degree is as long north as east, and times are {@value #YEARS_LATER} years later, because
 * no message may be older than 1970. Each piece of a recording ({@code chunk}) is a device.
 */
final class GoalGps implements Recording {
  static final int YEARS_LATER = 56;

  private static final List<String> COLUMNS = List.of("chunk", "timestamp", "x", "y");

  /** Of the mean radius R1 of GRS 80. */
  private static final double METRES_PER_DEGREE = Math.PI / 180 * 6_371_008.8;

  private final CsvFile fixes;
  private final String tenant;
  private String chunk = "";
  private long number;
  private long arrivalMillis;

  GoalGps(Path folder, String tenant) {
    this.fixes = CsvFile.require(folder, "goal_trajectories", "goal-gps");
    this.tenant = tenant;
  }

  @Override
  public void readTo(Target target) throws IOException {
    try {
      fixes.read(COLUMNS, row -> read(row, target));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void read(CsvFile.Row row, Target target) {
    try {
      target.row();
      if (!row.cell(0).equals(chunk)) {
        chunk = row.cell(0);
        number = 0;
        arrivalMillis = 0;
      }
      String device = "van-" + chunk;
      Cells cells = new Cells(target, fixes.name(), row.line(), device, arrivalMillis);
      long time = time(row.cell(1));
      if (time <= 0) {
        cells.bad(BadCell.WHOLE_LINE, "timestamp", row.cell(1), "a time", "");
        return;
      }
      for (int column = 2; column < 4; column++) {
        if (!Cells.isNumber(row.cell(column))) {
          cells.bad(BadCell.WHOLE_LINE, COLUMNS.get(column), row.cell(column), "a number", "");
          return;
        }
      }
      arrivalMillis = Math.max(arrivalMillis, time);
      target.message(
          new TelemetryBatch(
              new AssetRef(tenant, device, "van"),
              device,
              "recording",
              number++,
              "",
              arrivalMillis,
              false,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(
                  new Position(
                      time,
                      row.number(3) / METRES_PER_DEGREE,
                      row.number(2) / METRES_PER_DEGREE,
                      Double.NaN,
                      Double.NaN,
                      Double.NaN))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Milliseconds since 1970; 0 when it is no time. */
  private static long time(String text) {
    try {
      return LocalDateTime.parse(text.replace(' ', 'T'))
          .plusYears(YEARS_LATER)
          .toInstant(ZoneOffset.UTC)
          .toEpochMilli();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
