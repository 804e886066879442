package io.foreshock.cli.imports;

import io.foreshock.backtest.history.CsvFile;
import io.foreshock.model.AssetRef;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The door of one elevator at 4 Hz (Huawei German Research Center): {@code
 * ball-bearing;humidity;vibration}, without a clock. Rows count from {@link #START}; a row's number
 * is its message's.
 *
 * <p>A spreadsheet has turned some cells into dates ("31. Jul"): each is a letter, and the rest of
 * its row is a message.
 */
final class ElevatorHuawei implements Recording {
  /** Made up: the set has no time. */
  static final Instant START = Instant.parse("2019-01-01T00:00:00Z");

  private static final int PERIOD_MILLIS = 250;
  private static final String DEVICE = "elevator-door-1";
  private static final List<String> COLUMNS = List.of("ball-bearing", "humidity", "vibration");
  private static final String[] CHANNELS = {
    "door_ball_bearing_revolutions", "relative_humidity_percent", "door_vibration"
  };

  private final CsvFile rows;
  private final AssetRef asset;
  private long number;

  ElevatorHuawei(Path folder, String tenant) {
    this.rows =
        CsvFile.require(folder, "predictive-maintenance-dataset", "elevator-huawei")
            .separatedBy(';');
    this.asset = new AssetRef(tenant, DEVICE, "elevator-door");
  }

  @Override
  public void readTo(Target target) throws IOException {
    try {
      rows.read(COLUMNS, row -> read(row, target));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void read(CsvFile.Row row, Target target) {
    try {
      target.row();
      long time = START.toEpochMilli() + number * PERIOD_MILLIS;
      Cells cells = new Cells(target, rows.name(), row.line(), DEVICE, time);
      for (int i = 0; i < CHANNELS.length; i++) {
        cells.add(i, COLUMNS.get(i), row.cell(i), CHANNELS[i]);
      }
      target.message(
          new TelemetryBatch(
              asset,
              DEVICE,
              "recording",
              number++,
              "",
              time,
              false,
              cells.readings(),
              List.of(),
              List.of(),
              List.of(),
              List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
