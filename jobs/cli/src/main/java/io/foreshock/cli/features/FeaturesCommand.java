package io.foreshock.cli.features;

import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock features}: what models learn from. */
@Command(
    name = "features",
    description = "Checks feature sets, and writes what their readers need.",
    subcommands = {
      CheckFeatures.class,
      WriteSchemas.class,
      WriteFeastRepository.class,
      BackfillFeatures.class,
      FeatureParity.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class FeaturesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: one of "
            + spec.subcommands().keySet().stream().sorted().collect(Collectors.joining(", "))
            + ".");
  }
}
