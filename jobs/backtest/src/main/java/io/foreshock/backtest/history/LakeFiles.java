package io.foreshock.backtest.history;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.history.mapping.CellSource;
import io.foreshock.backtest.history.mapping.EventColumns;
import io.foreshock.backtest.history.mapping.EventColumns.Kind;
import io.foreshock.backtest.history.mapping.LongReadings;
import io.foreshock.backtest.history.mapping.TableMapping;
import io.foreshock.backtest.history.mapping.TimeColumns;
import io.foreshock.backtest.history.mapping.TimeColumns.Notation;
import io.foreshock.backtest.history.mapping.TimeColumns.Repeated;
import io.foreshock.backtest.history.mapping.TimeColumns.Skipped;
import io.foreshock.backtest.history.rows.CsvForm;
import io.foreshock.operators.documents.Suggestions;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the lake that {@code ingest} writes, with what their columns mean. */
final class LakeFiles {
  private static final String TENANT = "tenant=";
  private static final Map<String, TableMapping> DATASETS = new LinkedHashMap<>();

  static {
    DATASETS.put("readings", table(new LongReadings("channel", "value", Map.of()), List.of()));
    DATASETS.put(
        "fault_codes",
        table(
            null,
            List.of(
                new EventColumns(
                    Kind.FAULT, column("code"), column("component"), column("severity")))));
    DATASETS.put(
        "maintenance",
        table(
            null,
            List.of(
                new EventColumns(Kind.MAINTENANCE, column("component"), null, column("kind")))));
    DATASETS.put(
        "operating_states",
        table(null, List.of(new EventColumns(Kind.STATE, column("state"), null, null))));
  }

  private LakeFiles() {}

  /**
   * Complete files of a tenant, by dataset and day.
   *
   * @throws BacktestException when there are none
   */
  static List<HistoryFile> find(Path lake, String tenant) {
    if (!Files.isDirectory(lake)) {
      throw BacktestException.wrongInput(
          "There is no folder " + lake + ". Name the lake.path of ingest with --lake.");
    }
    List<HistoryFile> files = new ArrayList<>();
    DATASETS.forEach(
        (dataset, table) -> {
          Path folder = lake.resolve(dataset).resolve(TENANT + tenant);
          for (Path path : complete(folder)) {
            files.add(new HistoryFile(path, table));
          }
        });
    if (files.isEmpty()) {
      throw BacktestException.wrongInput(
          "The lake %s has no files of tenant \"%s\". %s"
              .formatted(lake, tenant, Suggestions.forName(tenant, tenants(lake))));
    }
    return files;
  }

  private static List<Path> complete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches("compacted-.*\\.parquet"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw BacktestException.failed("Cannot read the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  private static List<String> tenants(Path lake) {
    Path readings = lake.resolve("readings");
    if (!Files.isDirectory(readings)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(readings)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.startsWith(TENANT))
          .map(name -> name.substring(TENANT.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw BacktestException.failed("Cannot read the folder " + lake + ": " + e.getMessage(), e);
    }
  }

  private static CellSource column(String name) {
    return new CellSource(name, null, null);
  }

  private static TableMapping table(LongReadings readings, List<EventColumns> events) {
    return new TableMapping(
        0,
        "",
        CsvForm.COMMAS,
        '.',
        Set.of(),
        column("asset_id"),
        column("asset_class"),
        new TimeColumns(
            List.of("event_time"),
            Notation.ISO,
            null,
            ZoneOffset.UTC,
            Repeated.FIRST,
            Skipped.REFUSE),
        List.of(),
        readings,
        events,
        Map.of());
  }
}
