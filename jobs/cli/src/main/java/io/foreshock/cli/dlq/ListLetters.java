package io.foreshock.cli.dlq;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.ProgressLines;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.model.DeadLetter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock dlq list}. */
@Command(
    name = "list",
    description = {"Counts dead letters by tenant and reason, and prints where they are.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ListLetters implements Callable<Integer>, Foreshock.Verbose {
  @Mixin private KafkaConnection kafka;
  @Mixin private LetterFilter filter;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Print this many places; all are counted. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the counts, and as many places as are printed.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    if (limit < 0) {
      throw CliFailure.wrongInput("--limit must not be negative, but is " + limit + ".");
    }
    LetterTopics topics = LetterTopics.of(kafka, filter.tenants());
    Replayed replayed = new Replayed();
    TreeMap<String, Group> groups = new TreeMap<>();
    List<Place> places = new ArrayList<>();
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr(), "letters read");
    topics.read(
        letter -> {
          progress.step();
          if (filter.accepts(letter.letter())) {
            boolean again = replayed.contains(letter);
            String key = letter.letter().source().tenant() + ' ' + letter.letter().reason();
            groups.computeIfAbsent(key, k -> new Group(letter.letter())).add(letter, again);
            if (places.size() < limit) {
              places.add(new Place(letter, again));
            }
          }
          return true;
        });
    progress.end();
    print(groups, places, topics.unreadable());
    if (json != null) {
      JsonFile.write(json, document(groups, places, topics.unreadable()));
    }
    return 0;
  }

  private void print(TreeMap<String, Group> groups, List<Place> places, long unreadable) {
    PrintWriter out = spec.commandLine().getOut();
    long all = groups.values().stream().mapToLong(group -> group.count).sum();
    if (all == 0) {
      out.println("No dead letters.");
    } else {
      out.printf(
          "%-20s %-14s %10s %10s  %-24s %-24s%n",
          "tenant", "reason", "letters", "replayed", "first", "last");
      for (Group group : groups.values()) {
        out.printf(
            "%-20s %-14s %,10d %,10d  %-24s %-24s%n",
            group.tenant,
            group.reason,
            group.count,
            group.replayed,
            Instant.ofEpochMilli(group.first),
            Instant.ofEpochMilli(group.last));
      }
    }
    if (!places.isEmpty()) {
      out.println();
    }
    for (Place place : places) {
      StoredLetter letter = place.letter();
      out.printf(
          "%s  %s  %s%s%n",
          letter.id(),
          letter.letter().reason(),
          letter.letter().detail(),
          place.replayed() ? "  (replayed)" : "");
    }
    if (places.size() < all && !places.isEmpty()) {
      out.printf("… and %,d more; --limit prints them.%n", all - places.size());
    }
    if (unreadable > 0) {
      out.printf(
          "%,d records on these topics are no dead letters that this version knows.%n", unreadable);
    }
    out.flush();
  }

  private static ObjectNode document(
      TreeMap<String, Group> groups, List<Place> places, long unreadable) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("letters", groups.values().stream().mapToLong(group -> group.count).sum());
    document.put("unreadable", unreadable);
    ArrayNode all = document.putArray("groups");
    for (Group group : groups.values()) {
      all.addObject()
          .put("tenant", group.tenant)
          .put("reason", group.reason.name())
          .put("letters", group.count)
          .put("replayed", group.replayed)
          .put("first", Instant.ofEpochMilli(group.first).toString())
          .put("last", Instant.ofEpochMilli(group.last).toString());
    }
    ArrayNode listed = document.putArray("places");
    for (Place place : places) {
      StoredLetter letter = place.letter();
      listed.add(
          LetterJson.of(letter.letter())
              .put("place", letter.id().toString())
              .put("originalBytes", letter.originalSize())
              .put("replayed", place.replayed()));
    }
    return document;
  }

  /** A letter that is printed. */
  private record Place(StoredLetter letter, boolean replayed) {}

  /** What was sent again; letters come tenant after tenant, so one tenant's is in memory. */
  private final class Replayed {
    private String tenant;
    private ReplayLog log;

    boolean contains(StoredLetter letter) {
      String of = letter.letter().source().tenant();
      if (!of.equals(tenant)) {
        tenant = of;
        log = ReplayLog.read(kafka, of);
      }
      return log.contains(letter.id());
    }
  }

  /** Letters of one tenant and reason. */
  private static final class Group {
    private final String tenant;
    private final DeadLetter.Reason reason;
    private long count;
    private long replayed;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private Group(DeadLetter letter) {
      tenant = letter.source().tenant();
      reason = letter.reason();
    }

    private void add(StoredLetter letter, boolean again) {
      count++;
      replayed += again ? 1 : 0;
      first = Math.min(first, letter.letter().source().appendTimeMillis());
      last = Math.max(last, letter.letter().source().appendTimeMillis());
    }
  }
}
