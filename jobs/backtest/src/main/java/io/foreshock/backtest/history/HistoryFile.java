package io.foreshock.backtest.history;

import io.foreshock.backtest.history.mapping.TableMapping;
import java.nio.file.Path;

/**
 * A file and what its columns mean.
 *
 * @param path of the file
 * @param table what it holds
 */
record HistoryFile(Path path, TableMapping table) {
  String name() {
    return path.getFileName().toString();
  }
}
