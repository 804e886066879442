package io.foreshock.backtest.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows and cells that could not be used: all are counted, the first of each reason are kept. */
public final class BadRows {
  /** Examples kept of each reason. */
  static final int EXAMPLES = 3;

  private final Map<String, Reason> reasons = new LinkedHashMap<>();

  private static final class Reason {
    private final List<String> examples = new ArrayList<>();
    private long count;
  }

  /**
   * @param file name of the file
   * @param line line, or number of the row in a file without lines
   * @param bad what is wrong
   */
  void add(String file, long line, BadValue bad) {
    Reason reason = reasons.computeIfAbsent(bad.reason(), r -> new Reason());
    reason.count++;
    if (reason.examples.size() < EXAMPLES) {
      reason.examples.add("%s, line %d: %s".formatted(file, line, bad.getMessage()));
    }
  }

  /** All of them. */
  public long count() {
    return reasons.values().stream().mapToLong(reason -> reason.count).sum();
  }

  /** One line for each reason, and below it the first of them. */
  List<String> describe() {
    List<String> lines = new ArrayList<>();
    reasons.forEach(
        (name, reason) -> {
          lines.add(String.format(Locale.ROOT, "  %,d × %s", reason.count, name));
          reason.examples.forEach(example -> lines.add("    " + example));
          if (reason.count > reason.examples.size()) {
            lines.add("    …");
          }
        });
    return lines;
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    reasons.forEach(
        (name, reason) -> {
          ObjectNode node = json.putObject(name).put("count", reason.count);
          reason.examples.forEach(node.putArray("examples")::add);
        });
    return json;
  }
}
