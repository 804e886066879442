package io.foreshock.cli.backtest;

import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.history.History;
import io.foreshock.backtest.run.Progress;
import io.foreshock.cli.CliFailure;
import io.foreshock.model.ChannelRegistry;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The lake of an installation. */
final class LakeOptions {

  @Option(
      names = "--lake",
      paramLabel = "DIR",
      description = "Parquet files that ingest wrote (its lake.path), for --tenant.")
  private Path lake;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Whose assets of the lake.")
  private String tenant;

  String title() {
    return "lake of " + tenant;
  }

  boolean given() {
    return lake != null;
  }

  /**
   * @param more files with what the lake does not hold
   */
  Recording open(Optional<History.Read> more, ChannelRegistry channels, Progress progress) {
    if (tenant == null) {
      throw CliFailure.wrongInput("--tenant is missing. Name whose assets of the lake to replay.");
    }
    return History.lake(lake, tenant, more, channels, progress);
  }
}
