package io.foreshock.backtest.history.mapping;

import java.util.List;

/**
 * What the columns of a history mean.
 *
 * @param tenant owner of the assets
 * @param tables tables to read, each in one or several files
 */
public record Mapping(String tenant, List<TableMapping> tables) {
  public Mapping {
    tables = List.copyOf(tables);
  }
}
