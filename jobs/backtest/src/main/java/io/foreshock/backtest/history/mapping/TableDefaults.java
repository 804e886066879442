package io.foreshock.backtest.history.mapping;

import io.foreshock.operators.documents.Fields;
import java.util.List;

/**
 * What a mapping says once for all its tables: a table's own word goes first.
 *
 * @param document the top of the mapping file
 */
record TableDefaults(Fields document) {
  private static final List<String> KEYS =
      List.of("asset", "assetClass", "time", "separator", "encoding", "decimal", "missing");

  static TableDefaults read(Fields document) {
    KEYS.forEach(document::has);
    return new TableDefaults(document);
  }

  /** Where the key stands: in the table, or else at the top. */
  Fields of(Fields table, String key) {
    return table.has(key) || !document.has(key) ? table : document;
  }
}
