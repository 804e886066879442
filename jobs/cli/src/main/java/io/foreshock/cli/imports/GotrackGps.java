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
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/**
 * Tracks of phones in cars and buses (GO!Track): one line per fix, {@code
 * id,latitude,longitude,track_id,time}, time to the minute in an unstated zone, taken as UTC.
 *
 * <p>Each track is a device, because one phone uploads several at a time. Fixes have no number; the
 * same place in the same minute of a track is the same message, as nothing else tells two fixes
 * apart. The files do not say when a fix arrived, so it arrives at its own time, or with the one
 * before it when that is later.
 */
final class GotrackGps implements Recording {
  private static final List<String> COLUMNS = List.of("latitude", "longitude", "track_id", "time");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd H:mm[:ss]", Locale.ROOT);

  private final CsvFile points;
  private final String tenant;
  private long arrivalMillis;

  GotrackGps(Path folder, String tenant) {
    this.points = CsvFile.require(folder, "go_track_trackspoints", "gotrack-gps");
    this.tenant = tenant;
  }

  @Override
  public void readTo(Target target) throws IOException {
    try {
      points.read(COLUMNS, row -> read(row, target));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void read(CsvFile.Row row, Target target) {
    try {
      target.row();
      String track = row.cell(2);
      Cells cells = new Cells(target, points.name(), row.line(), device(track), arrivalMillis);
      if (track.isEmpty()) {
        cells.bad(BadCell.WHOLE_LINE, "track_id", track, "a track", "");
        return;
      }
      long time = time(row.cell(3));
      if (time <= 0) {
        cells.bad(BadCell.WHOLE_LINE, "time", row.cell(3), "a time", "");
        return;
      }
      for (int column = 0; column < 2; column++) {
        if (!Cells.isNumber(row.cell(column))) {
          cells.bad(BadCell.WHOLE_LINE, COLUMNS.get(column), row.cell(column), "a number", "");
          return;
        }
      }
      arrivalMillis = Math.max(arrivalMillis, time);
      target.message(
          new TelemetryBatch(
              new AssetRef(tenant, device(track), "phone"),
              device(track),
              "",
              0,
              row.cell(3) + "/" + row.cell(0) + "/" + row.cell(1),
              arrivalMillis,
              false,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(
                  new Position(
                      time, row.number(0), row.number(1), Double.NaN, Double.NaN, Double.NaN))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String device(String track) {
    return track.isEmpty() ? "" : "track-" + track;
  }

  /** Milliseconds since 1970; 0 when it is no time. */
  private static long time(String text) {
    try {
      return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
