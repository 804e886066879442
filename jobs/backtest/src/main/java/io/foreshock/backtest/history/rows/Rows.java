package io.foreshock.backtest.history.rows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of one file, one after the other: memory does not grow with the file.
 *
 * <p>A cell is a {@link String} as it stands in a text file, or in typed files a {@link Double}, a
 * {@link Long}, a {@link Boolean}, an {@link java.time.Instant} (a moment) or a {@link
 * java.time.LocalDateTime} (a time without zone).
 */
public interface Rows extends Closeable {

  /** Names of the columns, in order. */
  List<String> columns();

  /**
   * Goes to the next row.
   *
   * @return false at the end
   * @throws IOException when the rest of the file cannot be read
   */
  boolean next() throws IOException;

  /** Cells of the current row; null when a cell is absent. */
  Object cell(int column);

  /** Number of cells of the current row; may differ from the number of columns in a text file. */
  int width();

  /** Where the row stands: the line of a text file, else the number of the row, from 1. */
  long line();

  /** Bytes of the file that have been read, roughly: for progress. */
  long bytesRead();

  /**
   * Opens a file by its ending: {@code .parquet}, or else text of separated values, plain or
   * gzipped ({@code .gz}).
   *
   * @throws IOException when it cannot be opened or its header cannot be read
   */
  static Rows open(Path file, CsvForm form) throws IOException {
    return file.toString().endsWith(".parquet") ? ParquetRows.open(file) : CsvRows.open(file, form);
  }
}
