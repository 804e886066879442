package io.foreshock.cli.alerts;

import io.foreshock.cli.Foreshock;
import io.foreshock.proto.command.v1.Acknowledge;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock alerts ack}. */
@Command(
    name = "ack",
    description = {"Says that somebody takes care: nobody else is paged about it.", ""},
    footer = {"", "Exit code 0: the alert shows it; 1: refused, or not in time; 2: no such alert."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AcknowledgeAlerts implements Callable<Integer>, Foreshock.Verbose {
  @Mixin private TenantAlerts alerts;
  @Mixin private Instruction instruction;

  @Parameters(
      paramLabel = "ALERT",
      arity = "1..*",
      description = "Ids as list prints them, or assets that have one open alert.")
  private List<String> names;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write what became of it.")
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
    return instruction.giveAboutEach(
        alerts,
        names,
        (command, alert) -> command.setAcknowledge(Acknowledge.newBuilder().setAlertId(alert.id())),
        spec.commandLine(),
        json);
  }
}
