package io.foreshock.cli.assets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock assets}: what is known about machines. */
@Command(
    name = "assets",
    description =
        "Publishes what is known about machines: classes, names and units of their channels.",
    subcommands = {PublishAssets.class, ListAssets.class, RemoveAssets.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class AssetsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is missing: publish, list or remove.");
  }
}
