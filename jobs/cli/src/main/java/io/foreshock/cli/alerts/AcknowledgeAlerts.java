package io.foreshock.cli.alerts;

import io.foreshock.model.Alert;
import io.foreshock.proto.command.v1.Acknowledge;
import picocli.CommandLine.Command;

/** {@code foreshock alerts ack}. */
@Command(
    name = "ack",
    description = {"Says that somebody takes care: nobody else is paged about it.", ""},
    footer = {"", "Exit code 0: the alert shows it; 1: refused, or not in time; 2: no such alert."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AcknowledgeAlerts extends AlertsInstruction {

  @Override
  void say(io.foreshock.proto.command.v1.Command.Builder command, Alert alert) {
    command.setAcknowledge(Acknowledge.newBuilder().setAlertId(alert.id()));
  }
}
