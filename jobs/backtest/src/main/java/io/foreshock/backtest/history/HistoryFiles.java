package io.foreshock.backtest.history;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.history.mapping.Mapping;
import io.foreshock.backtest.history.mapping.TableMapping;
import io.foreshock.backtest.history.rows.Rows;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.Suggestions;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the files that a mapping names, and checks that they have its columns. */
final class HistoryFiles {
  private HistoryFiles() {}

  /**
   * @param data folder, or the one file that every table of the mapping reads
   * @param problems takes files that are not there and columns that they do not have
   */
  static List<HistoryFile> find(Path data, Mapping mapping, Problems problems) {
    if (!Files.exists(data)) {
      throw BacktestException.wrongInput(
          "There is neither a file nor a folder " + data + ". Name the history with --data.");
    }
    List<HistoryFile> files = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      List<Path> paths = Files.isDirectory(data) ? matching(data, table, problems) : List.of(data);
      for (Path path : paths) {
        HistoryFile file = new HistoryFile(path, table);
        checkColumns(file, problems);
        files.add(file);
      }
    }
    return files;
  }

  private static List<Path> matching(Path folder, TableMapping table, Problems problems) {
    if (table.files().isEmpty()) {
      return List.of();
    }
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + table.files());
    } catch (PatternSyntaxException e) {
      problems.add(
          table.line(),
          "files \"%s\" cannot be understood (%s). Use a name with * and ?, e.g. telemetry-*.csv."
              .formatted(table.files(), e.getDescription()));
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      List<Path> found = files.stream().filter(f -> matcher.matches(folder.relativize(f))).toList();
      if (found.isEmpty()) {
        problems.add(
            table.line(),
            "files \"%s\" matches nothing in %s. %s"
                .formatted(
                    table.files(),
                    folder,
                    Suggestions.forName(
                        table.files(),
                        files.stream().map(f -> folder.relativize(f).toString()).toList())));
      }
      return found;
    } catch (IOException e) {
      throw BacktestException.failed("Cannot read the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void checkColumns(HistoryFile file, Problems problems) {
    try (Rows rows = Rows.open(file.path(), file.table().form())) {
      List<String> columns = rows.columns();
      file.table()
          .columnLines()
          .forEach(
              (column, line) -> {
                if (!columns.contains(column)) {
                  problems.add(
                      line,
                      "%s has no column \"%s\". %s"
                          .formatted(
                              file.name(),
                              column,
                              columns.isEmpty()
                                  ? "It is empty."
                                  : Suggestions.forName(column, columns)));
                }
              });
    } catch (IOException e) {
      throw BacktestException.wrongInput("Cannot read " + file.path() + ": " + e.getMessage(), e);
    }
  }
}
