package io.foreshock.cli.dlq;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of the letters that were to be sent again. */
final class ReplayCounts {
  private static final int MOST_PROBLEMS = 20;

  long replayed;
  long alreadyReplayed;
  long notReplayed;
  private Instant firstReplay;
  private Instant lastReplay;
  private final List<String> problems = new ArrayList<>();

  void already(Optional<Instant> when) {
    alreadyReplayed++;
    when.ifPresent(
        time -> {
          firstReplay = firstReplay == null || time.isBefore(firstReplay) ? time : firstReplay;
          lastReplay = lastReplay == null || time.isAfter(lastReplay) ? time : lastReplay;
        });
  }

  void not(LetterId id, String problem) {
    notReplayed++;
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(id + ": " + problem);
    }
  }

  void print(PrintWriter out, boolean dryRun) {
    out.printf("%,d %s%n", replayed, dryRun ? "would be replayed" : "replayed");
    if (alreadyReplayed > 0) {
      out.printf(
          "%,d replayed already, %s%n",
          alreadyReplayed,
          firstReplay.equals(lastReplay)
              ? "at " + firstReplay
              : "between " + firstReplay + " and " + lastReplay);
    }
    if (notReplayed > 0) {
      out.printf("%,d not replayed:%n", notReplayed);
      problems.forEach(problem -> out.println("  " + problem));
      if (problems.size() < notReplayed) {
        out.printf("  … and %,d more%n", notReplayed - problems.size());
      }
    }
    out.flush();
  }

  void putInto(ObjectNode document) {
    document
        .put("replayed", replayed)
        .put("alreadyReplayed", alreadyReplayed)
        .put("notReplayed", notReplayed);
    ArrayNode list = document.putArray("problems");
    problems.forEach(list::add);
  }
}
