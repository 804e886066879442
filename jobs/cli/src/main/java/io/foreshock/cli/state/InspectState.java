package io.foreshock.cli.state;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.savepoint.Snapshot;
import io.foreshock.savepoint.SnapshotContents;
import io.foreshock.savepoint.SnapshotException;
import io.foreshock.savepoint.SnapshotReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock state inspect}. */
@Command(
    name = "inspect",
    description = {
      "Lists what a savepoint or retained checkpoint holds: operators with uid, parallelism and size, and their states"
          + " with keys, entries, bytes, format and event times.",
      ""
    },
    footer = {"", "Exit code 1 when a file is missing."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InspectState implements Callable<Integer>, Foreshock.Verbose {
  @Spec private CommandSpec spec;
  @Mixin private SnapshotArguments arguments;

  @Parameters(paramLabel = "SNAPSHOT", description = SnapshotArguments.SNAPSHOT)
  private String where;

  @Option(
      names = "--quick",
      description = "Read the metadata alone: no keys, no event times, and no file of the states.")
  private boolean quick;

  @Override
  public boolean verbose() {
    return arguments.verbose();
  }

  @Override
  public Integer call() throws IOException {
    JobClasses classes = arguments.classes();
    Snapshot snapshot = SnapshotArguments.open(where, classes.loader());
    try (TemporaryFolder temporary = TemporaryFolder.create("foreshock-state-")) {
      SnapshotContents contents =
          quick ? null : new SnapshotContents(classes.loader(), temporary.path());
      SnapshotReport report = SnapshotReport.of(snapshot, classes.contracts(), contents);
      spec.commandLine().getOut().print(report);
      spec.commandLine().getOut().flush();
      if (arguments.json() != null) {
        JsonFile.write(arguments.json(), report.toJson());
      }
      return report.files().missing().isEmpty() ? 0 : 1;
    } catch (SnapshotException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }
}
