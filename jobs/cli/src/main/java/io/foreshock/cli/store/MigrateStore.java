package io.foreshock.cli.store;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import io.foreshock.store.StoreAccess;
import io.foreshock.store.StoreConfig;
import io.foreshock.store.StoreOptions;
import io.foreshock.store.StoreSchema;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock store migrate}. */
@Command(
    name = "migrate",
    description = {
      "Creates the tables in schema foreshock, or brings them up to date; does nothing where nothing is missing.",
      ""
    },
    mixinStandardHelpOptions = true)
final class MigrateStore implements Callable<Integer>, Foreshock.Verbose {
  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "Database, e.g. jdbc:postgresql://db-1:5432/foreshock.")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "ROLE",
      defaultValue = "foreshock",
      description = "Role that owns the tables (default: ${DEFAULT-VALUE}).")
  private String user;

  @Option(
      names = "--password",
      paramLabel = "REFERENCE",
      defaultValue = "",
      description =
          "Where the password stands: '$${env:NAME}' or '$${file:/path}' (quote it for the shell).")
  private String password;

  @Option(names = "--dry-run", description = "Say what is missing, and change nothing.")
  private boolean dryRun;

  @Option(names = "--verbose", description = "Show where in the program an error came from.")
  private boolean verbose;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    StoreAccess access = access();
    try {
      List<String> migrations = dryRun ? StoreSchema.missing(access) : StoreSchema.migrate(access);
      migrations.forEach(name -> out.println((dryRun ? "missing  " : "applied  ") + name));
      if (migrations.isEmpty() || !dryRun) {
        out.println("Schema " + StoreSchema.NAME + " is up to date.");
      }
    } catch (StartRefused refused) {
      throw CliFailure.failed(refused.getMessage(), refused);
    }
    out.flush();
    return 0;
  }

  /** Checked by the rules of the options that a job has. */
  private StoreAccess access() {
    try {
      Settings settings =
          Settings.read(
              new Options(StoreOptions.ALL),
              CommandLine.parse(
                  "-Dstore.url=" + url, "-Dstore.user=" + user, "-Dstore.password=" + password));
      return StoreConfig.from(settings)
          .orElseThrow(() -> CliFailure.wrongInput("--url is empty."))
          .access();
    } catch (StartRefused refused) {
      throw CliFailure.wrongInput(refused.getMessage());
    }
  }

  @Override
  public boolean verbose() {
    return verbose;
  }
}
