package io.foreshock.lake;

import io.foreshock.runtime.config.Option;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** What may be configured on the lake, for every job that writes one. */
public final class LakeOptions {

  public static final Option<String> PATH =
      Option.text(
              "lake.path",
              "Folder of the Parquet files, as a path on every TaskManager or a URI of a file system that the cluster"
                  + " has a plugin for. Empty: no lake is written.")
          .withDefault("")
          .withExample("s3://plant-1/lake")
          .must("be absolute or a URI", path -> path.isEmpty() || isAbsolute(path));

  public static final Option<Duration> PUBLISH_INTERVAL =
      Option.duration(
              "lake.publish-interval",
              "How long rows are gathered before they become a Parquet file that readers see; rounded up to whole"
                  + " checkpoints. Longer: fewer and larger files.")
          .withDefault(Duration.ofMinutes(5))
          .must("be positive", time -> !time.isNegative() && !time.isZero());

  public static final Option<MemorySize> PUBLISH_SIZE =
      Option.size(
              "lake.publish-size",
              "Gathered bytes (before compression) of one folder after which they become a file earlier.")
          .withDefault(MemorySize.ofMebiBytes(256))
          .must("be at least 1 mb", size -> size.getBytes() >= 1 << 20);

  public static final Option<MemorySize> ROW_GROUP_SIZE =
      Option.size(
              "lake.row-group-size",
              "Size of a row group before compression; a TaskManager needs about this much heap for each task that"
                  + " writes the lake.")
          .withDefault(MemorySize.ofMebiBytes(32))
          .must("be between 1 mb and 1 gb", LakeOptions::isRowGroup);

  public static final Option<Integer> MAX_OPEN_FILES =
      Option.wholeNumber(
              "lake.max-open-files",
              "Files that one task holds open between two checkpoints; one more, and all are closed first. Days of"
                  + " backlog of many tenants need one for each tenant and day.")
          .withDefault(256)
          .must("be at least 1", number -> number >= 1);

  /** All of them. */
  public static final List<Option<?>> ALL =
      List.of(PATH, PUBLISH_INTERVAL, PUBLISH_SIZE, ROW_GROUP_SIZE, MAX_OPEN_FILES);

  private LakeOptions() {}

  private static boolean isAbsolute(String path) {
    return path.startsWith("/") || path.matches("[a-z][a-z0-9+.-]*:/.*");
  }

  private static boolean isRowGroup(MemorySize size) {
    return size.getBytes() >= 1 << 20 && size.getBytes() <= 1 << 30;
  }
}
