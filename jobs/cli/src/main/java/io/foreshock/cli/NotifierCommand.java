package io.foreshock.cli;

import io.foreshock.notifier.NotifierMain;
import io.foreshock.runtime.config.CommandLine;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code foreshock notifier}: pages from Kafka to people. */
@Command(
    name = NotifierMain.NAME,
    description = {
      "Delivers pages to Alertmanager, webhooks, PagerDuty and mail, until it is stopped.",
      ""
    },
    footer = {
      "",
      "--options lists what may be configured. Exit code 0: stopped by SIGTERM or Ctrl-C, nothing lost; 1: could not"
          + " go on; 2: could not start."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class NotifierCommand extends ServiceCommand {

  @Override
  int run(CommandLine commandLine, PrintWriter out, PrintWriter err) {
    return NotifierMain.run(commandLine, out, err);
  }
}
