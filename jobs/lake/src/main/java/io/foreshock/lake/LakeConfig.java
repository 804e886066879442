package io.foreshock.lake;

import io.foreshock.runtime.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.core.fs.Path;

/**
 * Where the lake is and how its files are cut.
 *
 * @param folder where the datasets lie
 * @param publishInterval how long rows are gathered before readers see them
 * @param publishBytes gathered bytes of one folder after which they are published earlier
 * @param rowGroupBytes size of a row group before compression
 * @param maxOpenFiles files that one task holds open between two checkpoints
 */
public record LakeConfig(
    URI folder, Duration publishInterval, long publishBytes, int rowGroupBytes, int maxOpenFiles) {

  /** The values given; empty when no lake is wanted. */
  public static Optional<LakeConfig> from(Settings settings) {
    String path = settings.get(LakeOptions.PATH);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LakeConfig(
            new Path(path).toUri(),
            settings.get(LakeOptions.PUBLISH_INTERVAL),
            settings.get(LakeOptions.PUBLISH_SIZE).getBytes(),
            (int) settings.get(LakeOptions.ROW_GROUP_SIZE).getBytes(),
            settings.get(LakeOptions.MAX_OPEN_FILES)));
  }
}
