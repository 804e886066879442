package io.foreshock.backtest.history;

import io.foreshock.backtest.score.ComponentEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes what tables hold: rows go to the sorter, failures are kept, the rest is counted. */
final class HistoryIntake {
  private final HistoryNames assets = new HistoryNames();
  private final HistoryNames channels = new HistoryNames();
  private final List<String> classes = new ArrayList<>();
  private final Set<ComponentEvent> failures = new LinkedHashSet<>();
  private final Map<String, Long> leftOut = new LinkedHashMap<>();
  private final BadRows bad = new BadRows();
  private final TimeSorter sorter;
  private long rows;
  private long missing;
  private long readings;
  private long repeatedFailures;

  HistoryIntake(TimeSorter sorter) {
    this.sorter = sorter;
  }

  /** A row was read. */
  void row() {
    rows++;
  }

  /** A cell without a value. */
  void missing() {
    missing++;
  }

  /** A long row of a channel that the mapping does not name. */
  void leftOut(String channel) {
    leftOut.merge(channel, 1L, Long::sum);
  }

  void bad(String file, long line, BadValue value) {
    bad.add(file, line, value);
  }

  /** A failure; one that stands there twice counts once. */
  void failure(ComponentEvent failure) {
    repeatedFailures += failures.add(failure) ? 0 : 1;
  }

  /**
   * Number of the asset.
   *
   * @param assetClass its class; the first that is not empty counts
   */
  int asset(String id, String assetClass) {
    int number = assets.number(id);
    if (number == classes.size()) {
      classes.add(assetClass);
    } else if (!assetClass.isEmpty() && classes.get(number).isEmpty()) {
      classes.set(number, assetClass);
    }
    return number;
  }

  void take(HistoryRow row) throws IOException {
    readings += row.values().length;
    sorter.add(row);
  }

  HistoryNames assets() {
    return assets;
  }

  String classOf(int asset) {
    return classes.get(asset);
  }

  HistoryNames channels() {
    return channels;
  }

  /** Failures as far as they were read, each once. */
  Set<ComponentEvent> failures() {
    return failures;
  }

  /** Failures that came a second time for the same asset, component and time. */
  long repeatedFailures() {
    return repeatedFailures;
  }

  BadRows bad() {
    return bad;
  }

  /** Rows of channels that the mapping does not name, by channel. */
  Map<String, Long> leftOut() {
    return leftOut;
  }

  long rows() {
    return rows;
  }

  long missingValues() {
    return missing;
  }

  long readings() {
    return readings;
  }
}
