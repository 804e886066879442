package io.foreshock.cli.alerts;

import io.foreshock.cli.Foreshock;
import io.foreshock.proto.command.v1.FalseAlarm;
import io.foreshock.proto.command.v1.Resolve;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock alerts resolve}. */
@Command(
    name = "resolve",
    description = {"Closes alerts; seen again, they open again.", ""},
    footer = {"", "Exit code 0: the alert shows it; 1: refused, or not in time; 2: no such alert."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ResolveAlerts implements Callable<Integer>, Foreshock.Verbose {
  @Mixin private TenantAlerts alerts;
  @Mixin private Instruction instruction;

  @Parameters(
      paramLabel = "ALERT",
      arity = "1..*",
      description = "Ids as list prints them, or assets that have one open alert.")
  private List<String> names;

  @Option(
      names = "--false-alarm",
      description = "It was wrong: kept as a label for those who tune patterns.")
  private boolean falseAlarm;

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
        (command, alert) -> {
          if (falseAlarm) {
            command.setFalseAlarm(FalseAlarm.newBuilder().setAlertId(alert.id()));
          } else {
            command.setResolve(Resolve.newBuilder().setAlertId(alert.id()));
          }
        },
        spec.commandLine(),
        json);
  }
}
