package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.StartRefused;
import java.time.Duration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.sink.compactor.FileCompactStrategy;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * Writes telemetry as Parquet: {@code
 * <lake>/<dataset>/tenant=<tenant>/day=<day>/compacted-*.parquet}, the day of event time in UTC.
 * Each row is in exactly one file that readers see.
 *
 * <p>A row is visible after the publish interval and three checkpoints. Rows of old days go into
 * new files of their day's folder.
 */
public final class LakeSinks {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String SPLIT = "split-lake-folders";

  public static final String WRITE = "write-lake";

  private LakeSinks() {}

  /**
   * Adds the lake to the graph of the given stream.
   *
   * @param telemetry clean telemetry, each message once; order does not matter
   * @throws StartRefused when checkpoints are switched off: nothing would ever become visible
   */
  public static void write(DataStream<TelemetryBatch> telemetry, LakeConfig config) {
    long checkpointMillis =
        telemetry.getExecutionEnvironment().getCheckpointConfig().getCheckpointInterval();
    if (checkpointMillis <= 0) {
      throw new StartRefused(
          "lake.path is set, but checkpoints are off (execution.checkpointing.interval): files are published with"
              + " checkpoints, so none would ever be. Set an interval, e.g. 10 s, or leave lake.path empty.");
    }
    telemetry
        .flatMap(new SplitByFolderFunction())
        .returns(TelemetryBatch.class)
        .uid(SPLIT)
        .name(SPLIT)
        .sinkTo(sink(config, checkpointMillis))
        .uid(WRITE)
        .name(WRITE);
  }

  private static BoundedFileSink<TelemetryBatch> sink(LakeConfig config, long checkpointMillis) {
    FileSink<TelemetryBatch> files =
        FileSink.forBulkFormat(new Path(config.folder()), Segment.writers())
            .withBucketAssigner(new FolderAssigner())
            .withRollingPolicy(OnCheckpointRollingPolicy.build())
            .withOutputFileConfig(
                OutputFileConfig.builder()
                    .withPartPrefix("rows")
                    .withPartSuffix(".parquet")
                    .build())
            .enableCompact(
                FileCompactStrategy.Builder.newBuilder()
                    .enableCompactionOnCheckpoint(
                        checkpoints(config.publishInterval(), checkpointMillis))
                    .setSizeThreshold(config.publishBytes())
                    .setNumCompactThreads(1)
                    .build(),
                new ParquetCompactor(config.rowGroupBytes()))
            .build();
    FolderAssigner folders = new FolderAssigner();
    return new BoundedFileSink<>(files, folders::folder, config.maxOpenFiles());
  }

  /** Whole checkpoints that the interval lasts, at least one. */
  static int checkpoints(Duration publishInterval, long checkpointMillis) {
    long checkpoints = (publishInterval.toMillis() + checkpointMillis - 1) / checkpointMillis;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, checkpoints));
  }
}
