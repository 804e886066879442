package io.foreshock.savepoint;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * A savepoint or a retained checkpoint, by its metadata. The content of states is read when it is
 * asked for, see {@link SnapshotContents}.
 *
 * @param location folder of the metadata
 * @param checkpointId number of the checkpoint within its job
 * @param metadataBytes size of the metadata; small states stand inside
 * @param operators by uid
 */
public record Snapshot(
    String location, long checkpointId, long metadataBytes, List<StoredOperator> operators) {

  /**
   * Opens what a person points at.
   *
   * @param where folder of a savepoint, of a checkpoint or of a job's checkpoints, path or URI
   * @param classes knows the serializers of the job
   * @throws SnapshotException when there is none or it cannot be read
   */
  public static Snapshot open(String where, ClassLoader classes) {
    Path folder = SnapshotLocation.resolve(where);
    Path metadata = new Path(folder, SnapshotLocation.METADATA);
    try (FSDataInputStream file = metadata.getFileSystem().open(metadata);
        DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(file))) {
      CheckpointMetadata read =
          Checkpoints.loadCheckpointMetadata(in, classes, folder.toUri().toString());
      return new Snapshot(
          folder.toUri().toString(),
          read.getCheckpointId(),
          metadata.getFileSystem().getFileStatus(metadata).getLen(),
          read.getOperatorStates().stream()
              .map(state -> new StoredOperator(state, classes))
              .sorted(Comparator.comparing(StoredOperator::uid))
              .toList());
    } catch (IOException | IllegalArgumentException e) {
      throw new SnapshotException(
          "The metadata in " + folder + " cannot be read: " + firstLine(e) + ".", e);
    }
  }

  /** The operator with a uid, or with the hash that Flink makes of it. */
  public Optional<StoredOperator> operator(String uid) {
    return operators.stream().filter(operator -> operator.isOf(uid)).findFirst();
  }

  /** Bytes of all states, those inside the metadata included; shared files count once each. */
  public long bytes() {
    return operators.stream().mapToLong(StoredOperator::bytes).sum();
  }

  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").replaceAll("\\.$", "");
  }
}
