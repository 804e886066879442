package io.foreshock.cli;

import io.foreshock.runtime.config.CommandLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that starts a service, which runs until it is stopped and is configured as jobs are.
 */
abstract class ServiceCommand implements Callable<Integer>, Foreshock.Verbose {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options in YAML; later files win.")
  private List<Path> files = List.of();

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "One option; wins over files.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(names = "--options", description = "List all options and their defaults.")
  private boolean options;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  /** Runs the service until it is stopped; returns the exit code. */
  abstract int run(CommandLine commandLine, PrintWriter out, PrintWriter err);

  @Override
  public final boolean verbose() {
    return verbose;
  }

  @Override
  public final Integer call() {
    return run(
        new CommandLine(files, values, verbose, options, List.of()),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
