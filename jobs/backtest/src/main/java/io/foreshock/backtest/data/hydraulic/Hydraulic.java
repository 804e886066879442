package io.foreshock.backtest.data.hydraulic;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.PublishedData;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import io.foreshock.backtest.history.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Condition monitoring of hydraulic systems (Helwig, Pignanelli and Schütze, I2MTC 2015; UCI
 * machine learning repository).
 */
public final class Hydraulic implements PublishedData {
  private static final String PROFILE = "profile";
  private static final int COLUMNS = 5;

  @Override
  public String name() {
    return "hydraulic";
  }

  @Override
  public String layout() {
    return "profile.txt, CE.txt and FS1.txt (or the same with .gz)";
  }

  @Override
  public Recording open(Path folder, Selection selection) {
    selection.refuseUnknown(name(), List.of());
    Path path = TextFile.require(folder, PROFILE, ".txt", name());
    List<Condition> conditions = new ArrayList<>();
    try (BufferedReader lines = TextFile.open(path)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        conditions.add(condition(path, conditions.size() + 1, line));
      }
    } catch (IOException e) {
      throw BacktestException.failed("Cannot read " + path + ": " + e.getMessage(), e);
    }
    return new HydraulicRecording(
        folder,
        TextFile.require(folder, "CE", ".txt", name()),
        TextFile.require(folder, "FS1", ".txt", name()),
        conditions);
  }

  private static Condition condition(Path path, int line, String text) {
    String[] cells = text.strip().split("\\s+");
    if (cells.length == COLUMNS) {
      try {
        return new Condition(
            Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), cells[4].equals("0"));
      } catch (NumberFormatException e) {
        // The message below.
      }
    }
    throw BacktestException.wrongInput(
        path
            + ", line "
            + line
            + " must hold "
            + COLUMNS
            + " whole numbers (cooler, valve, pump, accumulator, stable flag), but is \""
            + text
            + "\".");
  }
}
