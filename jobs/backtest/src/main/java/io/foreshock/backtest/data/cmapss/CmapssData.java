package io.foreshock.backtest.data.cmapss;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.history.TextFile;
import io.foreshock.model.Measurement;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The engines of FD001. The set has no clock: a cycle is a flight. Here each takes an hour, and all
 * engines begin at the same time.
 *
 * @param failed engines of the training file, which ran until they failed
 * @param cut engines of the test file, whose recording ends before they fail
 */
record CmapssData(List<Engine> failed, List<Engine> cut) {
  static final long CYCLE_MILLIS = 3_600_000L;
  private static final long START_MILLIS = Instant.parse("2008-01-01T00:00:00Z").toEpochMilli();

  /** Unit, cycle and three settings stand before the sensors. */
  private static final int COLUMNS_BEFORE = 5;

  private static final int COLUMNS = COLUMNS_BEFORE + 21;

  /** Number of the sensor, from 1; the other seven hardly move in this part of the set. */
  private static final SortedMap<String, Integer> SENSORS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("turbofan_t24_r", 2),
              Map.entry("turbofan_t30_r", 3),
              Map.entry("turbofan_t50_r", 4),
              Map.entry("turbofan_p30_psia", 7),
              Map.entry("turbofan_nf_rpm", 8),
              Map.entry("turbofan_nc_rpm", 9),
              Map.entry("turbofan_ps30_psia", 11),
              Map.entry("turbofan_phi_pps_psi", 12),
              Map.entry("turbofan_nrf_rpm", 13),
              Map.entry("turbofan_nrc_rpm", 14),
              Map.entry("turbofan_bpr", 15),
              Map.entry("turbofan_bleed_enthalpy", 17),
              Map.entry("turbofan_w31_lbm_s", 20),
              Map.entry("turbofan_w32_lbm_s", 21)));

  /**
   * One engine.
   *
   * @param id asset
   * @param flights sensor values of each cycle, in the order of {@link #SENSORS}
   * @param after cycles from the last in the recording to the failure
   */
  record Engine(String id, List<double[]> flights, int after) {

    /** Time of a cycle, from 0. */
    static long millis(int cycle) {
      return START_MILLIS + cycle * CYCLE_MILLIS;
    }

    /** Time of the cycle that was the engine's last, in the recording or after it. */
    long endMillis() {
      return millis(flights.size() - 1 + after);
    }

    /** What the engine reports of a cycle, by channel. */
    List<Measurement> readings(int cycle) {
      List<Measurement> readings = new ArrayList<>(SENSORS.size());
      double[] values = flights.get(cycle);
      int i = 0;
      for (String channel : SENSORS.keySet()) {
        readings.add(new Measurement(channel, millis(cycle), values[i++]));
      }
      return readings;
    }
  }

  /**
   * @throws BacktestException when a file is missing or cannot be understood; names file and line
   */
  static CmapssData read(Path folder) {
    List<List<double[]>> train = engines(TextFile.require(folder, "train_FD001", ".txt", "cmapss"));
    List<List<double[]>> test = engines(TextFile.require(folder, "test_FD001", ".txt", "cmapss"));
    Path lives = TextFile.require(folder, "RUL_FD001", ".txt", "cmapss");
    List<double[]> after = rows(lives, 1);
    if (after.size() != test.size()) {
      throw BacktestException.wrongInput(
          lives + " has " + after.size() + " lines for " + test.size() + " engines.");
    }
    List<Engine> failed = new ArrayList<>();
    for (int i = 0; i < train.size(); i++) {
      failed.add(new Engine("engine-" + (i + 1), train.get(i), 0));
    }
    List<Engine> cut = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      cut.add(new Engine("test-" + (i + 1), test.get(i), (int) after.get(i)[0]));
    }
    return new CmapssData(List.copyOf(failed), List.copyOf(cut));
  }

  private static List<List<double[]>> engines(Path path) {
    List<List<double[]>> engines = new ArrayList<>();
    for (double[] row : rows(path, COLUMNS)) {
      if (row[1] == 1) {
        engines.add(new ArrayList<>());
      }
      if (engines.size() != (int) row[0]
          || engines.get(engines.size() - 1).size() + 1 != (int) row[1]) {
        throw BacktestException.wrongInput(
            "%s: cycle %.0f of unit %.0f is out of order; units and cycles count from 1."
                .formatted(path, row[1], row[0]));
      }
      double[] sensors = new double[SENSORS.size()];
      int i = 0;
      for (int number : SENSORS.values()) {
        sensors[i++] = row[COLUMNS_BEFORE + number - 1];
      }
      engines.get(engines.size() - 1).add(sensors);
    }
    return engines;
  }

  private static List<double[]> rows(Path path, int columns) {
    List<double[]> rows = new ArrayList<>();
    try (BufferedReader lines = TextFile.open(path)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        String[] fields = line.strip().split("\\s+");
        if (fields.length != columns) {
          throw BacktestException.wrongInput(
              "%s, line %d: has %d values, not %d."
                  .formatted(path, number, fields.length, columns));
        }
        double[] row = new double[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = number(fields[i], path, number);
        }
        rows.add(row);
      }
    } catch (IOException e) {
      throw BacktestException.failed("Cannot read " + path + ": " + e.getMessage(), e);
    }
    return rows;
  }

  private static double number(String text, Path path, int line) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw BacktestException.wrongInput(
          "%s, line %d: \"%s\" is not a number.".formatted(path, line, text));
    }
  }
}
