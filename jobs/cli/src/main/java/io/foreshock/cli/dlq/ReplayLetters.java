package io.foreshock.cli.dlq;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.ProgressLines;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.operators.decode.TelemetryDecoder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock dlq replay}. */
@Command(
    name = "replay",
    description = {
      "Sends the records of dead letters to <tenant>.telemetry.raw again, once each, when the rules now accept them.",
      ""
    },
    footer = {
      "",
      "A letter that was sent is noted on <tenant>.telemetry.dlq.replayed in the same transaction, so a second replay"
          + " leaves it out. Exit code 1: some letters cannot be sent."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReplayLetters implements Callable<Integer>, Foreshock.Verbose {
  private static final int TRANSACTION = 500;
  private static final Comparator<StoredLetter> BY_PLACE =
      Comparator.comparing((StoredLetter letter) -> letter.id().topic())
          .thenComparing(letter -> letter.id().partition())
          .thenComparing(letter -> letter.id().offset())
          .thenComparing(letter -> letter.id().index());

  @Mixin private KafkaConnection kafka;
  @Mixin private LetterFilter filter;
  @Mixin private Repair repair;
  @Mixin private AcceptedNow rules;

  @Option(names = "--all", description = "Every letter, when no filter is given.")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Send so many letters at most. Default: all that are meant.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
  private boolean dryRun;

  @Option(
      names = "--again",
      description =
          "Send also what was sent before. The job drops the repeat for as long as it remembers ids (deduplicate.id-ttl).")
  private boolean again;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the counts.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  private final ReplayCounts counts = new ReplayCounts();

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    if (!filter.isGiven() && !all) {
      throw CliFailure.wrongInput(
          "Which letters? Name a filter, e.g. --reason OVERSIZED --tenant acme, or --all for every one.");
    }
    if (limit < 1) {
      throw CliFailure.wrongInput("--limit must be at least 1, but is " + limit + ".");
    }
    String change = repair.describe();
    TelemetryDecoder decoder = rules.decoder(kafka);
    List<String> tenants = LetterTopics.of(kafka, filter.tenants()).tenants();
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr(), "letters looked at");
    try (OriginalRecords originals = new OriginalRecords(kafka)) {
      ReplayMessages messages = new ReplayMessages(originals, decoder, repair);
      for (String tenant : tenants) {
        replay(tenant, messages, change, progress);
      }
    }
    progress.end();
    PrintWriter out = spec.commandLine().getOut();
    counts.print(out, dryRun);
    if (json != null) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      counts.putInto(document.put("dryRun", dryRun).put("repair", change));
      JsonFile.write(json, document);
    }
    return counts.notReplayed == 0 ? 0 : 1;
  }

  private void replay(
      String tenant, ReplayMessages messages, String change, ProgressLines progress) {
    LetterTopics topics = LetterTopics.of(kafka, List.of(tenant));
    if (dryRun) {
      read(tenant, topics, messages, null, progress);
      return;
    }
    ReplayLog.create(kafka, tenant);
    try (TransactionalReplay target = new TransactionalReplay(kafka, tenant, change)) {
      target.begin();
      read(tenant, topics, messages, target, progress);
    }
  }

  private void read(
      String tenant,
      LetterTopics topics,
      ReplayMessages messages,
      TransactionalReplay target,
      ProgressLines progress) {
    ReplayLog log = ReplayLog.read(kafka, tenant);
    List<StoredLetter> wanted = new ArrayList<>();
    topics.read(
        letter -> {
          progress.step();
          if (!filter.accepts(letter.letter())) {
            return true;
          }
          if (log.contains(letter.id()) && !again) {
            counts.already(log.replayedAt(letter.id()));
            return true;
          }
          wanted.add(letter);
          if (wanted.size() == TRANSACTION) {
            send(wanted, messages, target);
          }
          return counts.replayed < limit;
        });
    send(wanted, messages, target);
  }

  private void send(
      List<StoredLetter> wanted, ReplayMessages messages, TransactionalReplay target) {
    wanted.sort(BY_PLACE);
    List<TransactionalReplay.Outgoing> outgoing = new ArrayList<>();
    for (StoredLetter letter : wanted) {
      if (counts.replayed + outgoing.size() == limit) {
        break;
      }
      ReplayMessages.Made made = messages.make(letter, System.currentTimeMillis());
      if (made.message() == null) {
        counts.not(letter.id(), made.problem());
      } else {
        outgoing.add(new TransactionalReplay.Outgoing(letter, made.message()));
      }
    }
    wanted.clear();
    if (target != null && !outgoing.isEmpty()) {
      target.send(outgoing);
    }
    counts.replayed += outgoing.size();
  }
}
