package io.foreshock.cli.dlq;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock dlq}: what could not be used, and how it comes back. */
@Command(
    name = "dlq",
    description = "Dead letters: list them, show one, send them again.",
    subcommands = {ListLetters.class, ShowLetter.class, ReplayLetters.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class DlqCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing: list, show or replay.");
  }
}
