package io.foreshock.savepoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filemerging.SegmentFileStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/**
 * The files that a snapshot needs beside its metadata.
 *
 * @param files length that the metadata demands at least, by path
 * @param missing what is not there or too short, in words, by the uid of an operator that needs it
 */
public record SnapshotFiles(Map<Path, Long> files, List<Missing> missing) {

  /**
   * A file that is not as it must be.
   *
   * @param uid an operator that needs it
   * @param reason names the file
   */
  public record Missing(String uid, String reason) {}

  /** Looks at every file. */
  public static SnapshotFiles of(Snapshot snapshot) {
    Map<Path, Long> files = new LinkedHashMap<>();
    Map<Path, String> users = new LinkedHashMap<>();
    for (StoredOperator operator : snapshot.operators()) {
      Handles.streams(
          operator.raw(),
          handle -> {
            Path path = path(handle);
            if (path != null) {
              files.merge(path, end(handle), Math::max);
              users.putIfAbsent(path, operator.uid());
            }
          });
    }
    List<Missing> missing = new ArrayList<>();
    files.forEach(
        (path, length) -> {
          String reason = problem(path, length);
          if (reason != null) {
            missing.add(new Missing(users.get(path), reason));
          }
        });
    return new SnapshotFiles(files, missing);
  }

  /** Bytes of all files. */
  public long bytes() {
    return files.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Path path(StreamStateHandle handle) {
    if (handle instanceof FileStateHandle file) {
      return file.getFilePath();
    }
    return handle instanceof SegmentFileStateHandle segment ? segment.getFilePath() : null;
  }

  private static long end(StreamStateHandle handle) {
    long start = handle instanceof SegmentFileStateHandle segment ? segment.getStartPos() : 0;
    return start + handle.getStateSize();
  }

  private static String problem(Path path, long length) {
    try {
      long found = path.getFileSystem().getFileStatus(path).getLen();
      return found < length
          ? "file " + path + " has " + found + " bytes, but the metadata demands " + length
          : null;
    } catch (FileNotFoundException e) {
      return "file " + path + " does not exist";
    } catch (IOException e) {
      return "file " + path + " cannot be looked at: " + Snapshot.firstLine(e);
    }
  }
}
