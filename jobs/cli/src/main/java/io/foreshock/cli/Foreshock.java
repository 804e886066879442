package io.foreshock.cli;

import io.foreshock.backtest.BacktestException;
import io.foreshock.cli.alerts.AlertsCommand;
import io.foreshock.cli.assets.AssetsCommand;
import io.foreshock.cli.backtest.BacktestCommand;
import io.foreshock.cli.bench.BenchCommand;
import io.foreshock.cli.chaos.ChaosCommand;
import io.foreshock.cli.demo.DemoCommand;
import io.foreshock.cli.dlq.DlqCommand;
import io.foreshock.cli.drill.DrillCommand;
import io.foreshock.cli.features.FeaturesCommand;
import io.foreshock.cli.imports.ImportCommand;
import io.foreshock.cli.k8s.K8sCommand;
import io.foreshock.cli.mqtt.MqttDemoCommand;
import io.foreshock.cli.state.StateCommand;
import io.foreshock.cli.store.StoreCommand;
import io.foreshock.cli.tenants.TenantsCommand;
import io.foreshock.cli.transactions.TransactionsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * Entry of the command line.
 *
 * <p>Exit codes: 0 done and everything as it should be; 1 done, but something failed or is not as
 * it should be; 2 not done, because the input was wrong. An error is one message on standard error;
 * {@code --verbose} adds where in the program it came from.
 */
@Command(
    name = "foreshock",
    description = "Finds the small events that come before a machine breaks.",
    subcommands = {
      DemoCommand.class,
      BacktestCommand.class,
      PatternsCommand.class,
      FeaturesCommand.class,
      AssetsCommand.class,
      ImportCommand.class,
      DlqCommand.class,
      BenchCommand.class,
      ChaosCommand.class,
      DrillCommand.class,
      TenantsCommand.class,
      TransactionsCommand.class,
      AlertsCommand.class,
      NotifierCommand.class,
      ProbeCommand.class,
      MqttBridgeCommand.class,
      MqttDemoCommand.class,
      StoreCommand.class,
      StateCommand.class,
      K8sCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    scope = ScopeType.LOCAL)
public final class Foreshock implements Runnable {

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    System.out.flush();
    System.exit(code);
  }

  /** The command line, ready to execute. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Foreshock());
    commandLine.setParameterExceptionHandler(Foreshock::wrongInput);
    commandLine.setExecutionExceptionHandler(Foreshock::failed);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setUsageHelpWidth(100);
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }

  private static int wrongInput(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(command.getColorScheme().errorText("foreshock: " + e.getMessage()));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
      command.getErr().println("See `" + command.getCommandSpec().qualifiedName() + " --help`.");
    }
    return 2;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    boolean verbose = command.getCommand() instanceof Verbose v && v.verbose();
    int code = exitCode(e);
    String message = code < 0 ? unexpected(e) : e.getMessage();
    command.getErr().println(command.getColorScheme().errorText("foreshock: " + message));
    if (verbose) {
      e.printStackTrace(command.getErr());
    } else if (code < 0) {
      command.getErr().println("Add --verbose to see where it came from.");
    }
    return code < 0 ? 1 : code;
  }

  /** What a foreseen failure ends with; negative for any other. */
  private static int exitCode(Exception e) {
    if (e instanceof BacktestException failure) {
      return failure.isWrongInput() ? 2 : 1;
    }
    return e instanceof CliFailure failure ? failure.exitCode() : -1;
  }

  private static String unexpected(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** A command that can say more about an error. */
  public interface Verbose {
    boolean verbose();
  }
}
