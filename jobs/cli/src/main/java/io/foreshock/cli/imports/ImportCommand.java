package io.foreshock.cli.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.ProgressLines;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.cli.dlq.LetterJson;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock import}: recorded data as the messages that devices would have sent. */
@Command(
    name = "import",
    description = {
      "Turns recorded data into telemetry messages and counts what came out: duplicates, losses, counter restarts,"
          + " steps back in time, cells that are no values.",
      "Without --bootstrap-servers the messages go through decode and order inside this process.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ImportCommand implements Callable<Integer>, Foreshock.Verbose {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with the recording.")
  private Path data;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "How the folder is laid out: ${COMPLETION-CANDIDATES}.")
  private ImportFormat format;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Whose devices these are. Default: the name of the format.")
  private String tenant;

  @Mixin private KafkaConnection kafka;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write what comes out as JSON lines: messages, late, dead-letters.")
  private Path out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the counts.")
  private Path json;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel tasks; the counts do not depend on it. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException {
    check();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("format", format.toString()).put("tenant", tenant);
    if (kafka.given()) {
      send(document);
    } else {
      run(document);
    }
    if (json != null) {
      JsonFile.write(json, document);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void check() {
    if (tenant == null) {
      tenant = format.toString();
    }
    if (!TenantTopic.isTenant(tenant)) {
      throw CliFailure.wrongInput(
          "--tenant must be lower case letters, digits and dashes, but is \"" + tenant + "\".");
    }
    if (parallelism < 1) {
      throw CliFailure.wrongInput("--parallelism must be at least 1, but is " + parallelism + ".");
    }
    if (kafka.given() && out != null) {
      throw CliFailure.wrongInput(
          "--out shows what the pipeline makes of the messages, but with --bootstrap-servers the"
              + " pipeline is another process. Remove one of them.");
    }
  }

  private void send(ObjectNode document) throws IOException {
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr(), "messages sent");
    try (ImportToKafka target = new ImportToKafka(kafka, tenant)) {
      ImportedRecords records =
          new ImportedRecords(
              tenant,
              record -> {
                target.message(record);
                progress.step();
              },
              target::letter);
      format.open(data, tenant).readTo(records);
      target.flush();
      progress.end();
      PrintWriter console = spec.commandLine().getOut();
      records.counts().print(console);
      console.printf(
          "sent to %s and %s%n", TenantTopic.RAW.of(tenant), TenantTopic.DEAD_LETTERS.of(tenant));
      records.counts().putInto(document.putObject("source"));
    }
  }

  private void run(ObjectNode document) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-import-");
        ImportFiles files = new ImportFiles(out)) {
      Path file = folder.path().resolve("records");
      SourceCounts source = write(file, files);
      PrintWriter console = spec.commandLine().getOut();
      source.print(console);
      console.flush();
      PipelineCounts counts = ImportPipeline.run(file, files, parallelism);
      counts.print(console);
      if (out != null) {
        console.println("Wrote messages, late and dead-letters to " + out);
      }
      source.putInto(document.putObject("source"));
      counts.putInto(document.putObject("pipeline"));
    }
  }

  private SourceCounts write(Path file, ImportFiles files) throws IOException {
    SourceCounts[] counts = new SourceCounts[1];
    RecordFile.write(
        file,
        target -> {
          ImportedRecords records =
              new ImportedRecords(
                  tenant,
                  target::write,
                  letter ->
                      files.write(ImportPipeline.Kind.REFUSED, LetterJson.of(letter).toString()));
          format.open(data, tenant).readTo(records);
          counts[0] = records.counts();
          return records.counts().messages;
        });
    return counts[0];
  }
}
