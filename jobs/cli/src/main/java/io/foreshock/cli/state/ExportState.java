package io.foreshock.cli.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.savepoint.AssetExport;
import io.foreshock.savepoint.Snapshot;
import io.foreshock.savepoint.SnapshotException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock state export}. */
@Command(
    name = "export",
    description = {
      "Prints what a savepoint or retained checkpoint knows of one asset as JSON, by operator and state.",
      ""
    },
    footer = {"", "Exit code 1 when nothing is known of the asset."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExportState implements Callable<Integer>, Foreshock.Verbose {
  @Spec private CommandSpec spec;
  @Mixin private SnapshotArguments arguments;

  @Parameters(paramLabel = "SNAPSHOT", description = SnapshotArguments.SNAPSHOT)
  private String where;

  @Option(
      names = "--asset",
      paramLabel = "TENANT/ASSET",
      required = true,
      description = "The asset, e.g. acme/pump-7.")
  private String asset;

  @Override
  public boolean verbose() {
    return arguments.verbose();
  }

  @Override
  public Integer call() throws IOException {
    JobClasses classes = arguments.classes();
    Snapshot snapshot = SnapshotArguments.open(where, classes.loader());
    try (TemporaryFolder temporary = TemporaryFolder.create("foreshock-state-")) {
      ObjectNode json = new AssetExport(classes.loader(), temporary.path()).export(snapshot, asset);
      if (json.path("operators").isEmpty()) {
        throw CliFailure.failed(
            "Nothing is known of \""
                + asset
                + "\" in "
                + snapshot.location()
                + ". Assets are named <tenant>/<asset>.",
            null);
      }
      spec.commandLine().getOut().println(json.toPrettyString());
      spec.commandLine().getOut().flush();
      if (arguments.json() != null) {
        JsonFile.write(arguments.json(), json);
      }
      return 0;
    } catch (SnapshotException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }
}
