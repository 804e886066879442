package io.foreshock.cli.backtest;

import io.foreshock.cli.CliFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.zip.GZIPInputStream;

/** A comma-separated file with a header line and no commas inside values, plain or gzipped. */
final class CsvFile {
  /** ISO, as in the folder, and the form of the set's first publication. */
  private static final List<DateTimeFormatter> TIMES =
      List.of(
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT),
          DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US));

  private final Path path;

  private CsvFile(Path path) {
    this.path = path;
  }

  /** The file of that name, with {@code .csv} or {@code .csv.gz}. */
  static Optional<CsvFile> find(Path folder, String name) {
    for (String suffix : List.of(".csv", ".csv.gz")) {
      Path path = folder.resolve(name + suffix);
      if (Files.isRegularFile(path)) {
        return Optional.of(new CsvFile(path));
      }
    }
    return Optional.empty();
  }

  static CsvFile require(Path folder, String name) {
    return find(folder, name)
        .orElseThrow(
            () ->
                CliFailure.wrongInput(
                    "The folder "
                        + folder
                        + " holds neither "
                        + name
                        + ".csv nor "
                        + name
                        + ".csv.gz. Is it laid out as the azure-pdm set?"));
  }

  /**
   * Reads every row.
   *
   * @param columns columns wanted; a row's fields are numbered in this order
   */
  void read(List<String> columns, Consumer<Row> rows) {
    try (BufferedReader reader = open()) {
      String header = reader.readLine();
      List<String> names = header == null ? List.of() : split(header);
      int[] positions = new int[columns.size()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = names.indexOf(columns.get(i));
        if (positions[i] < 0) {
          throw CliFailure.wrongInput(
              path + " has no column \"" + columns.get(i) + "\"; its columns are " + names + ".");
        }
      }
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          rows.accept(new Row(split(line), positions, columns, number));
        }
      }
    } catch (IOException e) {
      throw CliFailure.failed("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private BufferedReader open() throws IOException {
    InputStream in = Files.newInputStream(path);
    boolean zipped = path.toString().endsWith(".gz");
    return new BufferedReader(
        new InputStreamReader(
            zipped ? new GZIPInputStream(in, 1 << 16) : in, StandardCharsets.UTF_8));
  }

  private static List<String> split(String line) {
    List<String> fields = new ArrayList<>(Arrays.asList(line.split(",", -1)));
    fields.replaceAll(field -> field.strip().replace("\"", ""));
    return fields;
  }

  /** One line of the file. */
  final class Row {
    private final List<String> fields;
    private final int[] positions;
    private final List<String> columns;
    private final int number;

    private Row(List<String> fields, int[] positions, List<String> columns, int number) {
      this.fields = fields;
      this.positions = positions;
      this.columns = columns;
      this.number = number;
    }

    String text(int column) {
      if (positions[column] >= fields.size() || fields.get(positions[column]).isEmpty()) {
        throw wrong(column, "is missing");
      }
      return fields.get(positions[column]);
    }

    int integer(int column) {
      try {
        return Integer.parseInt(text(column));
      } catch (NumberFormatException e) {
        throw wrong(column, "is \"" + text(column) + "\", not a whole number");
      }
    }

    double number(int column) {
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw wrong(column, "is \"" + text(column) + "\", not a number");
      }
    }

    /** Milliseconds since 1970; the set states no time zone, UTC is taken. */
    long time(int column) {
      for (DateTimeFormatter format : TIMES) {
        try {
          return LocalDateTime.parse(text(column), format).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeParseException e) {
          // The next form, or the message below.
        }
      }
      throw wrong(column, "is \"" + text(column) + "\", not a time like 2015-01-31 06:00:00");
    }

    private CliFailure wrong(int column, String what) {
      return CliFailure.wrongInput(
          path + ", line " + number + ": " + columns.get(column) + " " + what + ".");
    }
  }
}
