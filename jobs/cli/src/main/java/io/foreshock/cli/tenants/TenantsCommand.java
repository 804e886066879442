package io.foreshock.cli.tenants;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock tenants}: topics of tenants, and who may do what with them. */
@Command(
    name = "tenants",
    description = "Creates the topics of tenants, and the rights that jobs and tenants need.",
    subcommands = {CreateTenant.class, TenantAcls.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class TenantsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing: create or acls.");
  }
}
