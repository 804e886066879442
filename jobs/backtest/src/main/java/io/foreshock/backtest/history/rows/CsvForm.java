package io.foreshock.backtest.history.rows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How values stand in a text file.
 *
 * @param separator between two values of a line
 * @param encoding of the file; a byte order mark at its start is skipped
 */
public record CsvForm(char separator, Charset encoding) {
  /** Commas and UTF-8. */
  public static final CsvForm COMMAS = new CsvForm(',', StandardCharsets.UTF_8);
}
