package io.foreshock.cli.state;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock state}. */
@Command(
    name = "state",
    description =
        "Looks into savepoints and retained checkpoints, and says before a restore what would become of them.",
    subcommands = {InspectState.class, CheckState.class, DiffStates.class, ExportState.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class StateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is missing: inspect, check, diff or export.");
  }
}
