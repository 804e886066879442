package io.foreshock.cli;

import io.foreshock.notifier.NotifierMain;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class NotifierCommand implements Callable<Integer>, Foreshock.Verbose {

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

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    return NotifierMain.run(
        new io.foreshock.runtime.config.CommandLine(files, values, verbose, options, List.of()),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
