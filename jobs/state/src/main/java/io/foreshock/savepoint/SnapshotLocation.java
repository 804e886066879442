package io.foreshock.savepoint;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Finds the metadata of what a person points at. */
final class SnapshotLocation {
  static final String METADATA = "_metadata";

  private static final String CHECKPOINT = "chk-";

  private SnapshotLocation() {}

  /**
   * The folder with the metadata.
   *
   * @param where a savepoint's folder, a checkpoint's ({@code chk-<n>}), the metadata itself, or a
   *     job's checkpoint folder, of which the newest complete checkpoint is taken; a path or a URI
   *     of any file system that this process knows
   * @throws SnapshotException naming what was looked for
   */
  static Path resolve(String where) {
    Path path =
        where.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")
            ? new Path(where)
            : new Path(java.nio.file.Path.of(where).toAbsolutePath().normalize().toUri());
    try {
      FileSystem files = path.getFileSystem();
      if (!files.exists(path)) {
        throw new SnapshotException(
            "There is no savepoint at " + where + ": the path does not exist.", null);
      }
      if (!files.getFileStatus(path).isDir()) {
        if (path.getName().equals(METADATA)) {
          return path.getParent();
        }
        throw new SnapshotException(
            where + " is a file, but no " + METADATA + ". Name the folder of a savepoint.", null);
      }
      if (files.exists(new Path(path, METADATA))) {
        return path;
      }
      return newestCheckpoint(files, path)
          .orElseThrow(
              () ->
                  new SnapshotException(
                      "There is no savepoint in "
                          + where
                          + ": the folder holds neither "
                          + METADATA
                          + " nor a complete checkpoint ("
                          + CHECKPOINT
                          + "<n>/"
                          + METADATA
                          + ").",
                      null));
    } catch (IOException e) {
      throw new SnapshotException("Cannot look at " + where + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Path> newestCheckpoint(FileSystem files, Path folder) throws IOException {
    FileStatus[] children = files.listStatus(folder);
    if (children == null) {
      return Optional.empty();
    }
    for (FileStatus child :
        Stream.of(children)
            .filter(status -> status.getPath().getName().matches(CHECKPOINT + "\\d+"))
            .sorted(Comparator.comparingLong(SnapshotLocation::number).reversed())
            .toList()) {
      if (files.exists(new Path(child.getPath(), METADATA))) {
        return Optional.of(child.getPath());
      }
    }
    return Optional.empty();
  }

  private static long number(FileStatus status) {
    return Long.parseLong(status.getPath().getName().substring(CHECKPOINT.length()));
  }
}
