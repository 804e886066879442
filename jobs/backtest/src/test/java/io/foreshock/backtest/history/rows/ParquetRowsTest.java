package io.foreshock.backtest.history.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that another program wrote. */
class ParquetRowsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "zstd", "gzip"})
  void readsColumnsOfEveryTypeAndCompression(String compression) throws Exception {
    Path file =
        write(
            compression,
            """
            SELECT * FROM (VALUES
              ('pump-1', TIMESTAMPTZ '2026-01-05 06:00:00+00', TIMESTAMP '2026-01-05 07:00:00', 1.5::DOUBLE, 2.5::FLOAT, 7::INT, 8::BIGINT, true, 12.34::DECIMAL(9,2), DATE '2026-01-05', [1, 2]),
              (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL))
            t(text, moment, clock, wide, narrow, small, large, yes, money, day, list)
            """);

    try (Rows rows = Rows.open(file, CsvForm.COMMAS)) {
      assertThat(rows.columns())
          .containsExactly(
              "text", "moment", "clock", "wide", "narrow", "small", "large", "yes", "money", "day",
              "list");
      assertThat(rows.next()).isTrue();
      assertThat(rows.line()).isEqualTo(1);
      assertThat(cells(rows))
          .containsExactly(
              "pump-1",
              Instant.parse("2026-01-05T06:00:00Z"),
              LocalDateTime.parse("2026-01-05T07:00:00"),
              1.5,
              2.5,
              7L,
              8L,
              true,
              12.34,
              LocalDateTime.parse("2026-01-05T00:00:00"),
              null);
      assertThat(rows.next()).isTrue();
      assertThat(cells(rows)).containsOnlyNulls();
      assertThat(rows.next()).isFalse();
      assertThat(rows.bytesRead()).isPositive();
    }
  }

  @Test
  void readsManyRowGroups() throws Exception {
    Path file = write("zstd", "SELECT i AS n FROM range(250000) t(i)");
    long sum = 0;
    try (Rows rows = Rows.open(file, CsvForm.COMMAS)) {
      while (rows.next()) {
        sum += (Long) rows.cell(0);
      }
    }
    assertThat(sum).isEqualTo(250_000L * 249_999 / 2);
  }

  @Test
  void saysWhenItIsNoParquet() throws IOException {
    Path file = Files.writeString(folder.resolve("t.parquet"), "time,machine\n");
    assertThatThrownBy(() -> Rows.open(file, CsvForm.COMMAS)).isInstanceOf(IOException.class);
  }

  private static Object[] cells(Rows rows) {
    Object[] cells = new Object[rows.width()];
    Arrays.setAll(cells, rows::cell);
    return cells;
  }

  private Path write(String compression, String query) throws SQLException {
    Path file = folder.resolve("t.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION %s)".formatted(query, file, compression));
    }
    return file;
  }
}
