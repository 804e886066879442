package io.foreshock.cli.alerts;

import io.foreshock.cli.Foreshock;
import io.foreshock.model.Alert;
import io.foreshock.proto.command.v1.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives the same command about each of several alerts. */
abstract class AlertsInstruction implements Callable<Integer>, Foreshock.Verbose {
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

  /** Says what is to be done about an alert. */
  abstract void say(Command.Builder command, Alert alert);

  @Override
  public final boolean verbose() {
    return verbose;
  }

  @Override
  public final Integer call() {
    return instruction.giveAboutEach(alerts, names, this::say, spec.commandLine(), json);
  }
}
