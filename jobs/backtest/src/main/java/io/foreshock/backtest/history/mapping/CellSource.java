package io.foreshock.backtest.history.mapping;

import java.util.regex.Pattern;

/**
 * Where a text comes from: a column, a value for every row, or the name of the file. Two of the
 * three are null.
 *
 * @param column name of a column
 * @param value the same for all rows
 * @param file matched with the file's name (from its start to its end); the first group is the text
 */
public record CellSource(String column, String value, Pattern file) {
  static CellSource column(String name) {
    return new CellSource(name, null, null);
  }

  static CellSource value(String text) {
    return new CellSource(null, text, null);
  }
}
