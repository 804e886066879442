package io.foreshock.backtest.history;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.foreshock.backtest.BacktestException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final ObjectReader CSV =
      new CsvMapper()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .readerFor(String[].class);

  private final Path path;
  private final CsvSchema form;

  private CsvFile(Path path, char separator) {
    this.path = path;
    this.form = CsvSchema.emptySchema().withColumnSeparator(separator);
  }

  /** The file of that name, with {@code .csv} or {@code .csv.gz}. */
  public static Optional<CsvFile> find(Path folder, String name) {
    return TextFile.find(folder, name, ".csv").map(path -> new CsvFile(path, ','));
  }

  /**
   * @param set layout that the folder should have
   * @throws BacktestException when there is no such file
   */
  public static CsvFile require(Path folder, String name, String set) {
    return new CsvFile(TextFile.require(folder, name, ".csv", set), ',');
  }

  /** The same file with values separated by another character. */
  public CsvFile separatedBy(char separator) {
    return new CsvFile(path, separator);
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
    try (Reader reader = TextFile.open(path);
        MappingIterator<String[]> lines = CSV.with(form).readValues(reader)) {
      List<String> names = lines.hasNext() ? Arrays.asList(lines.next()) : List.of();
      int[] positions = new int[columns.size()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = names.indexOf(columns.get(i));
        if (positions[i] < 0) {
          throw BacktestException.wrongInput(
              path + " has no column \"" + columns.get(i) + "\"; its columns are " + names + ".");
        }
      }
      Row row = new Row(positions, columns);
      while (lines.hasNext()) {
        int line = lines.getCurrentLocation().getLineNr();
        row.set(lines.next(), line);
        rows.accept(row);
      }
    } catch (IOException | RuntimeJsonMappingException e) {
      throw BacktestException.failed("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** One line of the file; valid until the next. */
  public final class Row {
    private final int[] positions;
    private final List<String> columns;
    private String[] fields = {};
    private int line;

    private Row(int[] positions, List<String> columns) {
      this.positions = positions;
      this.columns = new ArrayList<>(columns);
    }

    private void set(String[] values, int lineNumber) {
      fields = values;
      line = lineNumber;
    }

    /** Number of the line in the file, from 1; the header has the first. */
    public int line() {
      return line;
    }

    /** Whether there is a text. */
    public boolean isPresent(int column) {
      return !cell(column).isEmpty();
    }

    /** The text as it stands there; empty when the row is too short. */
    public String cell(int column) {
      return positions[column] < fields.length ? fields[positions[column]] : "";
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
          path + ", line " + line + ": " + columns.get(column) + " " + what + ".");
    }
  }
}
