package io.foreshock.cli.dlq;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock dlq show}. */
@Command(
    name = "show",
    description = {"Prints one dead letter with everything that is known about it.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ShowLetter implements Callable<Integer>, Foreshock.Verbose {
  @Mixin private KafkaConnection kafka;

  @Parameters(
      paramLabel = "PLACE",
      description = "topic/partition/offset/index, as list prints it.")
  private String place;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Whose letter it is. Default: by the topic's name, else all are searched.")
  private String tenant;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the letter here.")
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
    LetterId id = LetterId.parse(place);
    LetterTopics topics = LetterTopics.of(kafka, tenants(id));
    StoredLetter[] found = new StoredLetter[1];
    topics.read(
        letter -> {
          if (letter.id().equals(id)) {
            found[0] = letter;
          }
          return found[0] == null;
        });
    if (found[0] == null) {
      throw CliFailure.wrongInput(
          "There is no dead letter " + id + " of " + String.join(", ", topics.tenants()) + ".");
    }
    ReplayLog log = ReplayLog.read(kafka, found[0].letter().source().tenant());
    spec.commandLine().getOut().print(LetterText.of(found[0], log.replayedAt(id)));
    spec.commandLine().getOut().flush();
    if (json != null) {
      ObjectNode document = LetterJson.of(found[0].letter()).put("place", id.toString());
      document
          .put("originalBytes", found[0].originalSize())
          .put("replayed", log.contains(id))
          .put("valueHex", HexFormat.of().formatHex(found[0].letter().source().value()))
          .put("keyHex", HexFormat.of().formatHex(found[0].letter().source().key()));
      JsonFile.write(json, document);
    }
    return 0;
  }

  private List<String> tenants(LetterId id) {
    if (tenant != null) {
      return List.of(tenant);
    }
    return TenantTopic.RAW.matches(id.topic())
        ? List.of(TenantTopic.RAW.tenantOf(id.topic()))
        : List.of();
  }
}
