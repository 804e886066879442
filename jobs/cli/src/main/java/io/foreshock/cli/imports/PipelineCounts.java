package io.foreshock.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/** What the pipeline made of a recording: what came out, and what its operators counted. */
final class PipelineCounts {
  long messages;
  long readings;
  long empty;
  long late;
  long lateReadings;
  long refused;
  long duplicates;
  long lost;
  long jumps;
  long reordered;

  void add(ImportPipeline.Kind kind, int readingsOfIt) {
    switch (kind) {
      case CLEAN -> {
        messages++;
        readings += readingsOfIt;
      }
      case EMPTY -> empty++;
      case LATE -> {
        late++;
        lateReadings += readingsOfIt;
      }
      case REFUSED -> refused++;
    }
  }

  void print(PrintWriter out) {
    out.printf("came out   %,12d messages in order with %,d readings%n", messages, readings);
    out.printf("           %,12d duplicates dropped%n", duplicates);
    out.printf("           %,12d lost: numbers that were waited for and did not come%n", lost);
    out.printf("           %,12d waited for others and came in order after all%n", reordered);
    out.printf(
        "           %,12d late, with %,d readings behind their device's newest%n",
        late, lateReadings);
    out.printf("           %,12d refused readings, a dead letter each%n", refused);
    if (jumps > 0) {
      out.printf("           %,12d jumps of more than 1,000 numbers, not counted as lost%n", jumps);
    }
    if (empty > 0) {
      out.printf("           %,12d messages without content, or all of it late%n", empty);
    }
  }

  void putInto(ObjectNode node) {
    node.put("messages", messages)
        .put("readings", readings)
        .put("duplicates", duplicates)
        .put("lost", lost)
        .put("reordered", reordered)
        .put("late", late)
        .put("lateReadings", lateReadings)
        .put("refused", refused)
        .put("jumps", jumps)
        .put("empty", empty);
  }
}
