package io.foreshock.cli.alerts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A line of values over time in Braille characters: each holds two by four dots. Drawn of means in
 * equal steps of time; a step without a value is left empty.
 */
final class BraillePlot {
  private static final int BRAILLE = 0x2800;

  /** Bits of the dots of one character, by row from above, then column. */
  private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

  private final int columns;
  private final int rows;
  private final double[] sums;
  private final int[] counts;
  private final long fromMillis;
  private final long toMillis;

  /**
   * @param columns characters in a row
   * @param rows characters on top of each other
   * @param fromMillis time of the left edge
   * @param toMillis time of the right edge, later
   */
  BraillePlot(int columns, int rows, long fromMillis, long toMillis) {
    this.columns = columns;
    this.rows = rows;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.sums = new double[2 * columns];
    this.counts = new int[2 * columns];
  }

  /** Adds a value; outside of the time that is drawn it is passed over. */
  void add(long millis, double value) {
    if (millis >= fromMillis && millis <= toMillis && Double.isFinite(value)) {
      int step = step(millis);
      sums[step] += value;
      counts[step]++;
    }
  }

  private int step(long millis) {
    double share = (millis - fromMillis) / (double) (toMillis - fromMillis);
    return Math.min(sums.length - 1, (int) (share * sums.length));
  }

  boolean isEmpty() {
    return Arrays.stream(counts).allMatch(count -> count == 0);
  }

  /** Rows from above, with the largest and smallest mean at the left. */
  List<String> lines() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < sums.length; i++) {
      if (counts[i] > 0) {
        least = Math.min(least, sums[i] / counts[i]);
        most = Math.max(most, sums[i] / counts[i]);
      }
    }
    int[][] cells = cells(least, most);
    String top = number(most);
    String bottom = number(least);
    int width = Math.max(top.length(), bottom.length());
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      String label = row == 0 ? top : row == rows - 1 ? bottom : "";
      line.append(" ".repeat(width - label.length())).append(label).append(" │");
      for (int column = 0; column < columns; column++) {
        line.append((char) (BRAILLE + cells[row][column]));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Where the character that holds this time stands in a line of {@link #lines}, from 0. */
  int columnOf(long millis) {
    return Math.max(0, Math.min(columns - 1, step(millis) / 2));
  }

  private int[][] cells(double least, double most) {
    int[][] cells = new int[rows][columns];
    int dots = 4 * rows;
    int before = -1;
    for (int i = 0; i < sums.length; i++) {
      if (counts[i] == 0) {
        before = -1;
        continue;
      }
      double share = most > least ? (sums[i] / counts[i] - least) / (most - least) : 0.5;
      int dot = dots - 1 - (int) Math.round(share * (dots - 1));
      // A steep rise stays one line.
      int from = before < 0 ? dot : Math.min(dot, before + Integer.signum(dot - before));
      int to = before < 0 ? dot : Math.max(dot, before + Integer.signum(dot - before));
      for (int y = from; y <= to; y++) {
        cells[y / 4][i / 2] |= DOTS[y % 4][i % 2];
      }
      before = dot;
    }
    return cells;
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
