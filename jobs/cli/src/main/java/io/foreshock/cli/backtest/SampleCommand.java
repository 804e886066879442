package io.foreshock.cli.backtest;

import io.foreshock.backtest.history.sample.SampleHistory;
import io.foreshock.cli.CliFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock backtest write-sample}: a simulated history to try things on. */
@Command(
    name = "write-sample",
    description = {
      "Writes a simulated history as CSV files with their mapping: what `backtest --mapping` reads.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SampleCommand implements Callable<Integer> {

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
  private Path out;

  @Option(
      names = "--machines",
      paramLabel = "N",
      defaultValue = "100",
      description = "Number of machines. Default: ${DEFAULT-VALUE}.")
  private int machines;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "Length of the history. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--step-minutes",
      paramLabel = "N",
      defaultValue = "60",
      description = "Time between two rows of a machine. Default: ${DEFAULT-VALUE}.")
  private int stepMinutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same files. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (machines < 1 || days < 1 || stepMinutes < 1) {
      throw CliFailure.wrongInput("--machines, --days and --step-minutes must be at least 1.");
    }
    long readings =
        new SampleHistory(machines, Duration.ofDays(days), Duration.ofMinutes(stepMinutes), seed)
            .writeTo(out);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%,d readings in %s. Run: ./foreshock backtest --data %s --mapping %s --patterns azure-pdm%n",
            readings,
            out,
            out,
            out.resolve("mapping.yaml"));
    return 0;
  }
}
