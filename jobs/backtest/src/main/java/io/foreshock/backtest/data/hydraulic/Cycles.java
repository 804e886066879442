package io.foreshock.backtest.data.hydraulic;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.history.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A file of one sensor: a line for each cycle, equally spaced values separated by tabs. */
final class Cycles implements AutoCloseable {
  private final Path path;
  private final int samples;
  private final BufferedReader lines;
  private int line;

  Cycles(Path path, int samples) throws IOException {
    this.path = path;
    this.samples = samples;
    lines = TextFile.open(path);
  }

  /** Values of the next cycle. */
  double[] next() throws IOException {
    String text = lines.readLine();
    line++;
    String[] cells = text == null ? new String[0] : text.strip().split("\\s+");
    if (cells.length != samples) {
      throw BacktestException.wrongInput(
          "%s, line %d must hold %d values, but holds %d."
              .formatted(path, line, samples, cells.length));
    }
    double[] values = new double[samples];
    for (int i = 0; i < samples; i++) {
      try {
        values[i] = Double.parseDouble(cells[i]);
      } catch (NumberFormatException e) {
        throw BacktestException.wrongInput(
            "%s, line %d: value %d is \"%s\", not a number."
                .formatted(path, line, i + 1, cells[i]));
      }
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
