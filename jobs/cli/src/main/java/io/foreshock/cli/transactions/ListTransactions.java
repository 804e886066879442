package io.foreshock.cli.transactions;

import io.foreshock.cli.JsonFile;
import io.foreshock.cli.kafka.KafkaConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock transactions list}. */
@Command(
    name = "list",
    description = {
      "Lists open transactions, and how many records readers cannot see for them.",
      ""
    },
    mixinStandardHelpOptions = true)
final class ListTransactions implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaConnection kafka;
  @Mixin private OpenTransactions meant;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write them here.")
  private Path json;

  @Override
  public Integer call() {
    meant.check();
    List<OpenTransaction> found = kafka.ask(admin -> meant.find(admin, Duration.ZERO));
    PrintWriter out = spec.commandLine().getOut();
    found.forEach(transaction -> out.println(transaction.line()));
    if (found.isEmpty()) {
      out.println("No transaction is open.");
    }
    out.flush();
    if (json != null) {
      JsonFile.write(json, OpenTransactions.json(found));
    }
    return 0;
  }
}
