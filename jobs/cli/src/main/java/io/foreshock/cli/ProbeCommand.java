package io.foreshock.cli;

import io.foreshock.probe.ProbeMain;
import io.foreshock.runtime.config.CommandLine;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class ProbeCommand extends ServiceCommand {

  @Option(
      names = "--pattern",
      description = "Print the pattern that the job precursors needs for it.")
  private boolean pattern;

  @Override
  int run(CommandLine commandLine, PrintWriter out, PrintWriter err) {
    if (pattern) {
      out.print(ProbeMain.pattern());
      out.flush();
      return 0;
    }
    return ProbeMain.run(commandLine, out, err);
  }
}
