package io.foreshock.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the files of a recording held. */
final class SourceCounts {
  long rows;
  long messages;
  long readings;
  long missingCells;
  final Set<String> devices = new TreeSet<>();

  /** By column. */
  final TreeMap<String, Long> badCells = new TreeMap<>();

  /** By device. */
  final TreeMap<String, Long> restarts = new TreeMap<>();

  long badCellCount() {
    return sum(badCells);
  }

  long restartCount() {
    return sum(restarts);
  }

  void print(PrintWriter out) {
    out.printf("read       %,12d rows of %,d devices%n", rows, devices.size());
    out.printf("           %,12d messages with %,d readings%n", messages, readings);
    out.printf(
        "           %,12d bad cells, a dead letter each%s%n", badCellCount(), details(badCells));
    if (missingCells > 0) {
      out.printf("           %,12d empty cells%n", missingCells);
    }
    out.printf("           %,12d counter restarts%s%n", restartCount(), details(restarts));
  }

  void putInto(ObjectNode node) {
    node.put("rows", rows)
        .put("devices", devices.size())
        .put("messages", messages)
        .put("readings", readings)
        .put("badCells", badCellCount())
        .put("emptyCells", missingCells)
        .put("counterRestarts", restartCount());
    ObjectNode byColumn = node.putObject("badCellsByColumn");
    badCells.forEach(byColumn::put);
    ObjectNode byDevice = node.putObject("counterRestartsByDevice");
    restarts.forEach(byDevice::put);
  }

  private static long sum(TreeMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String details(TreeMap<String, Long> counts) {
    if (counts.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(": ");
    counts.forEach((name, count) -> text.append(name).append(' ').append(count).append(", "));
    return text.substring(0, text.length() - 2);
  }
}
