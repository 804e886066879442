package io.foreshock.cli;

import io.foreshock.probe.ProbeMain;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock probe}: how long a running installation takes from message to alert. */
@Command(
    name = ProbeMain.NAME,
    description = {
      "Sends a message every few seconds, waits for the alert that comes of it, and serves the time between as a metric,"
          + " until it is stopped.",
      ""
    },
    footer = {
      "",
      "--options lists what may be configured. Exit code 0: stopped by SIGTERM or Ctrl-C; 1: could not go on; 2:"
          + " could not start."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ProbeCommand implements Callable<Integer>, Foreshock.Verbose {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options in YAML; later files win.")
  private List<Path> files = List.of();

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "One option; wins over files.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(names = "--options", description = "List all options and their defaults.")
  private boolean options;

  @Option(
      names = "--pattern",
      description = "Print the pattern that the job precursors needs for it.")
  private boolean pattern;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    if (pattern) {
      spec.commandLine().getOut().print(ProbeMain.pattern());
      spec.commandLine().getOut().flush();
      return 0;
    }
    return ProbeMain.run(
        new io.foreshock.runtime.config.CommandLine(files, values, verbose, options, List.of()),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
