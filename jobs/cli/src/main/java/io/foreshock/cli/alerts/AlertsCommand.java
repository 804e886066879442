package io.foreshock.cli.alerts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock alerts}: what is open, and what to do about it. */
@Command(
    name = "alerts",
    description = "Alerts: list them, show one with its evidence, acknowledge, silence, resolve.",
    subcommands = {
      ListAlerts.class,
      ShowAlert.class,
      AcknowledgeAlerts.class,
      SilenceAlerts.class,
      ResolveAlerts.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class AlertsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is missing: list, show, ack, silence or resolve.");
  }
}
