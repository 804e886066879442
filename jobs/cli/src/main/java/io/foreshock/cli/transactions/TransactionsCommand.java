package io.foreshock.cli.transactions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock transactions}: finds and ends those that were left open. */
@Command(
    name = "transactions",
    description = {
      "Finds transactions that were left open, and ends them.",
      "",
      "Readers that see committed records only (read_committed) stop at the first open transaction of a partition. A job"
          + " that restarts ends its own; those of a job that never comes back stay until Kafka gives them up after"
          + " kafka.transaction-timeout.",
      ""
    },
    subcommands = {ListTransactions.class, AbortTransactions.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class TransactionsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing: list or abort.");
  }
}
