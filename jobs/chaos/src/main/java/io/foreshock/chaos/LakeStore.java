package io.foreshock.chaos;

import io.foreshock.chaos.truth.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** Rows in Parquet files, read by another implementation than the one that writes them. */
final class LakeStore implements Store {
  private static final String READINGS = "readings";
  private static final String FAULT_CODES = "fault_codes";

  private final Path lake;

  /**
   * @param lake folder of the files, absolute
   */
  LakeStore(Path lake) {
    this.lake = lake;
  }

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public List<String> jobOptions() {
    return List.of("lake.path=" + lake, "lake.publish-interval=3 s");
  }

  @Override
  public long count() {
    long[] count = new long[1];
    for (String dataset : List.of(READINGS, FAULT_CODES)) {
      query("count(*)", dataset, row -> count[0] += row.getLong(1));
    }
    return count[0];
  }

  @Override
  public Lines read() {
    Lines rows = Lines.unordered();
    String common = "tenant, device_id, epoch_ms(event_time), epoch_ms(append_time), backlog, ";
    query(
        common + "channel, value",
        READINGS,
        row ->
            rows.add(
                Lines.device(row.getString(1), row.getString(2)),
                Lines.reading(
                    row.getString(6),
                    row.getDouble(7),
                    row.getLong(3),
                    row.getBoolean(5),
                    row.getLong(4))));
    query(
        common + "code",
        FAULT_CODES,
        row ->
            rows.add(
                Lines.device(row.getString(1), row.getString(2)),
                Lines.faultCode(
                    row.getString(6), row.getLong(3), row.getBoolean(5), row.getLong(4))));
    return rows;
  }

  /** What is done with a row. */
  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String columns, String dataset, RowReader reader) {
    Path folder = lake.resolve(dataset);
    if (!hasFiles(folder)) {
      return;
    }
    String sql =
        "SELECT %s FROM read_parquet('%s/*/*/compacted-*.parquet', hive_partitioning = true)"
            .formatted(columns, folder);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw new ChaosException("The Parquet files in " + folder + " cannot be read: " + e, e);
    }
  }

  /** Whether there is a file that readers see. */
  private static boolean hasFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("compacted-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // Files need no closing.
  }
}
