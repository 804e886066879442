package io.foreshock.cli.alerts;

import io.foreshock.model.Alert;
import io.foreshock.proto.command.v1.FalseAlarm;
import io.foreshock.proto.command.v1.Resolve;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foreshock alerts resolve}. */
@Command(
    name = "resolve",
    description = {"Closes alerts; seen again, they open again.", ""},
    footer = {"", "Exit code 0: the alert shows it; 1: refused, or not in time; 2: no such alert."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ResolveAlerts extends AlertsInstruction {

  @Option(
      names = "--false-alarm",
      description = "It was wrong: kept as a label for those who tune patterns.")
  private boolean falseAlarm;

  @Override
  void say(io.foreshock.proto.command.v1.Command.Builder command, Alert alert) {
    if (falseAlarm) {
      command.setFalseAlarm(FalseAlarm.newBuilder().setAlertId(alert.id()));
    } else {
      command.setResolve(Resolve.newBuilder().setAlertId(alert.id()));
    }
  }
}
