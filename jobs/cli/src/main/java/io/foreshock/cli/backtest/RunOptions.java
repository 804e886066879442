package io.foreshock.cli.backtest;

import io.foreshock.cli.CliFailure;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which patterns run, and how. */
final class RunOptions {

  @Option(
      names = "--patterns",
      paramLabel = "FILE",
      description =
          "Patterns to run: a file or folder of YAML, or the name of a reference set, e.g. azure-pdm. Default: the"
              + " reference patterns of the data set; for a history the production set.")
  private Path patterns;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel tasks; the result does not depend on it. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  /** File or folder; null for the recording's own. */
  Path patterns() {
    return patterns;
  }

  int parallelism() {
    if (parallelism < 1) {
      throw CliFailure.wrongInput("--parallelism must be at least 1, but is " + parallelism + ".");
    }
    return parallelism;
  }
}
