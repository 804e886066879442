package io.foreshock.backtest.history;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.history.rows.CsvForm;
import io.foreshock.backtest.history.rows.CsvRows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A file of values with a header line, separated by a character, plain or gzipped. */
public final class CsvFile {
  /** ISO, and the forms of the sets' first publications. */
  private static final List<DateTimeFormatter> TIMES =
      List.of(
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT),
          DateTimeFormatter.ofPattern("yyyy-MM-dd H:mm", Locale.ROOT),
          DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US));

  private final Path path;
  private final CsvForm form;

  private CsvFile(Path path, CsvForm form) {
    this.path = path;
    this.form = form;
  }

  /** The file of that name, with {@code .csv} or {@code .csv.gz}. */
  public static Optional<CsvFile> find(Path folder, String name) {
    return TextFile.find(folder, name, ".csv").map(path -> new CsvFile(path, CsvForm.COMMAS));
  }

  /**
   * @param set layout that the folder should have
   * @throws BacktestException when there is no such file
   */
  public static CsvFile require(Path folder, String name, String set) {
    return new CsvFile(TextFile.require(folder, name, ".csv", set), CsvForm.COMMAS);
  }

  /** The same file with values separated by another character. */
  public CsvFile separatedBy(char separator) {
    return new CsvFile(path, new CsvForm(separator, form.encoding()));
  }

  /** Name without folder. */
  public String name() {
    return path.getFileName().toString();
  }

  /**
   * Reads every row.
   *
   * @param columns columns wanted; a row's fields are numbered in this order
   */
  public void read(List<String> columns, Consumer<Row> rows) {
    try (CsvRows lines = CsvRows.open(path, form)) {
      List<String> names = lines.columns();
      int[] positions = new int[columns.size()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = names.indexOf(columns.get(i));
        if (positions[i] < 0) {
          throw BacktestException.wrongInput(
              path + " has no column \"" + columns.get(i) + "\"; its columns are " + names + ".");
        }
      }
      Row row = new Row(positions, columns, lines);
      while (lines.next()) {
        rows.accept(row);
      }
    } catch (IOException e) {
      throw BacktestException.failed("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** One line of the file; valid until the next. */
  public final class Row {
    private final int[] positions;
    private final List<String> columns;
    private final CsvRows lines;

    private Row(int[] positions, List<String> columns, CsvRows lines) {
      this.positions = positions;
      this.columns = new ArrayList<>(columns);
      this.lines = lines;
    }

    /** Number of the line in the file, from 1; the header has the first. */
    public int line() {
      return (int) lines.line();
    }

    /** Whether there is a text. */
    public boolean isPresent(int column) {
      return !cell(column).isEmpty();
    }

    /** The text as it stands there; empty when the row is too short. */
    public String cell(int column) {
      Object cell = lines.cell(positions[column]);
      return cell == null ? "" : (String) cell;
    }

    /**
     * @throws BacktestException naming file, line and column when there is none; so do the other
     *     types
     */
    public String text(int column) {
      String text = cell(column);
      if (text.isEmpty()) {
        throw wrong(column, "is missing");
      }
      return text;
    }

    public int integer(int column) {
      try {
        return Integer.parseInt(text(column));
      } catch (NumberFormatException e) {
        throw wrong(column, "is \"" + text(column) + "\", not a whole number");
      }
    }

    public double number(int column) {
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw wrong(column, "is \"" + text(column) + "\", not a number");
      }
    }

    /** Milliseconds since 1970; the sets state no time zone, UTC is taken. */
    public long time(int column) {
      for (DateTimeFormatter format : TIMES) {
        try {
          return LocalDateTime.parse(text(column), format).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeParseException e) {
          // The next form, or the message below.
        }
      }
      throw wrong(column, "is \"" + text(column) + "\", not a time like 2015-01-31 06:00:00");
    }

    private BacktestException wrong(int column, String what) {
      return BacktestException.wrongInput(
          path + ", line " + line() + ": " + columns.get(column) + " " + what + ".");
    }
  }
}
