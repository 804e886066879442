package io.foreshock.backtest.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What became of the rows of a recording.
 *
 * @param lines for people; bad rows with file, line and reason
 * @param json the same for other programs, under {@code input} in the document of {@code --json}
 */
public record InputReport(List<String> lines, ObjectNode json) {
  public InputReport {
    lines = List.copyOf(lines);
  }
}
