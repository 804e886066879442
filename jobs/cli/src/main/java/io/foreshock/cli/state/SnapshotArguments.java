package io.foreshock.cli.state;

import io.foreshock.cli.CliFailure;
import io.foreshock.savepoint.Snapshot;
import io.foreshock.savepoint.SnapshotException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What every command about snapshots takes. */
final class SnapshotArguments {
  static final String SNAPSHOT =
      "Folder of a savepoint, of a retained checkpoint (chk-<n>) or of a job's checkpoints, of which the newest is"
          + " taken; path or URI.";

  @Option(
      names = "--jar",
      paramLabel = "JAR",
      description = "Jar of a job of yours, for its serializers; may be repeated.")
  private List<Path> jars = new ArrayList<>();

  @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures here.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  JobClasses classes() {
    return JobClasses.with(jars);
  }

  /** File for figures; null when none are wanted. */
  Path json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  static Snapshot open(String where, ClassLoader classes) {
    try {
      return Snapshot.open(where, classes);
    } catch (SnapshotException e) {
      throw CliFailure.wrongInput(e.getMessage(), e);
    }
  }
}
