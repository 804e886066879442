package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Rows as one line of text each: those that must be in the lake, and those that DuckDB finds. */
final class LakeRows {

  private LakeRows() {}

  static List<String> expected(Dataset dataset, LongFunction<TelemetryBatch> batches, long count) {
    List<String> rows = new ArrayList<>();
    for (long number = 0; number < count; number++) {
      TelemetryBatch batch = batches.apply(number);
      for (int i = 0; i < dataset.rows(batch); i++) {
        rows.add(row(dataset, batch, i));
      }
    }
    rows.sort(null);
    return rows;
  }

  private static String row(Dataset dataset, TelemetryBatch batch, int index) {
    Instant time = Instant.ofEpochMilli(dataset.eventTimeMillis(batch, index));
    StringJoiner row =
        line(
            batch.asset().tenant(),
            time.atZone(ZoneOffset.UTC).toLocalDate(),
            batch.asset().assetId(),
            absent(batch.asset().assetClass()),
            batch.deviceId(),
            time.toEpochMilli(),
            batch.appendTimeMillis(),
            batch.backlog(),
            absent(batch.bootId()),
            batch.isSequenced() ? batch.sequence() : null,
            absent(batch.messageId()));
    switch (dataset) {
      case READINGS -> {
        row.add(batch.measurements().get(index).channel());
        row.add("" + batch.measurements().get(index).value());
      }
      case FAULT_CODES -> {
        row.add(batch.faultCodes().get(index).code());
        row.add(absent(batch.faultCodes().get(index).component()));
        row.add(choice(batch.faultCodes().get(index).severity()));
      }
      case MAINTENANCE -> {
        row.add(batch.maintenanceEvents().get(index).component());
        row.add(choice(batch.maintenanceEvents().get(index).kind()));
      }
      case OPERATING_STATES -> row.add(choice(batch.operatingStateChanges().get(index).state()));
      case POSITIONS -> {
        var position = batch.positions().get(index);
        for (double value :
            new double[] {
              position.latitudeDegrees(),
              position.longitudeDegrees(),
              position.speedMetresPerSecond(),
              position.headingDegrees(),
              position.accuracyMetres()
            }) {
          row.add(Double.isNaN(value) ? "null" : "" + value);
        }
      }
    }
    return row.toString();
  }

  /** What a reader finds in the files it sees; empty when there is none. */
  static List<String> found(Path lake, Dataset dataset) throws Exception {
    List<String> rows = new ArrayList<>();
    if (visibleFiles(lake.resolve(dataset.folder())).isEmpty()) {
      return rows;
    }
    String sql =
        """
        SELECT tenant, day, asset_id, asset_class, device_id, epoch_ms(event_time), epoch_ms(append_time),
            backlog, boot_id, sequence, message_id, COLUMNS(c -> c NOT IN ('tenant', 'day', 'asset_id',
            'asset_class', 'device_id', 'event_time', 'append_time', 'backlog', 'boot_id', 'sequence', 'message_id'))
        FROM read_parquet('%s/%s/*/*/compacted-*.parquet', hive_partitioning = true)
        """
            .formatted(lake, dataset.folder());
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringJoiner row = line();
        for (int column = 1; column <= columns; column++) {
          row.add(String.valueOf(result.getObject(column)));
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }

  /** Files that readers see, by name. */
  static List<Path> visibleFiles(Path folder) throws Exception {
    return files(folder).filter(file -> !file.getFileName().toString().startsWith(".")).toList();
  }

  /** All files; one that a running job renames or removes meanwhile may be missing. */
  static Stream<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files.stream();
  }

  private static StringJoiner line(Object... values) {
    StringJoiner line = new StringJoiner("|");
    for (Object value : values) {
      line.add(String.valueOf(value));
    }
    return line;
  }

  private static String absent(String text) {
    return text.isEmpty() ? "null" : text;
  }

  private static String choice(Enum<?> value) {
    return value.name().equals("UNSPECIFIED") ? "null" : value.name().toLowerCase(Locale.ROOT);
  }
}
