package io.foreshock.cli.k8s;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock k8s}. */
@Command(
    name = "k8s",
    description = "Checks what is deployed through the Flink Kubernetes Operator.",
    subcommands = CheckManifests.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class K8sCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing: check.");
  }
}
