package io.foreshock.lake;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.connector.file.sink.writer.FileWriter;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * A file sink that holds a limited number of files open between two checkpoints.
 *
 * <p>Flink's own opens one for each folder, without limit: a backlog of a year of a hundred tenants
 * would be 36,500 open files. Here all are closed when one more than the limit would be opened.
 * What was closed is handed over with the next checkpoint, as it would have been anyway; if the
 * task fails before that, the files are never committed.
 */
final class BoundedFileSink<T>
    implements Sink<T>,
        SupportsWriterState<T, FileWriterBucketState>,
        SupportsCommitter<FileSinkCommittable>,
        SupportsPreCommitTopology<FileSinkCommittable, FileSinkCommittable> {
  private static final long serialVersionUID = 1L;

  /** Counter of how often all files were closed because there were too many. */
  static final String CLOSED_EARLY = "filesClosedEarly";

  private final FileSink<T> files;
  private final FolderOf<T> folderOf;
  private final int maxOpenFiles;

  /** Folder that a value goes to. */
  @FunctionalInterface
  interface FolderOf<T> extends Function<T, String>, Serializable {}

  /**
   * @param files rolls at every checkpoint
   * @param folderOf the same as the bucket assigner of {@code files}
   */
  BoundedFileSink(FileSink<T> files, FolderOf<T> folderOf, int maxOpenFiles) {
    this.files = files;
    this.folderOf = folderOf;
    this.maxOpenFiles = maxOpenFiles;
  }

  @Override
  public BoundedWriter<T> createWriter(WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public BoundedWriter<T> restoreWriter(
      WriterInitContext context, Collection<FileWriterBucketState> state) throws IOException {
    return new BoundedWriter<>(
        files.restoreWriter(context, state),
        folderOf,
        maxOpenFiles,
        context.metricGroup().counter(CLOSED_EARLY));
  }

  @Override
  public SimpleVersionedSerializer<FileWriterBucketState> getWriterStateSerializer() {
    return files.getWriterStateSerializer();
  }

  @Override
  public Committer<FileSinkCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return files.createCommitter(context);
  }

  @Override
  public SimpleVersionedSerializer<FileSinkCommittable> getCommittableSerializer() {
    return files.getCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<FileSinkCommittable> getWriteResultSerializer() {
    return files.getWriteResultSerializer();
  }

  @Override
  public DataStream<CommittableMessage<FileSinkCommittable>> addPreCommitTopology(
      DataStream<CommittableMessage<FileSinkCommittable>> closed) {
    return files.addPreCommitTopology(closed);
  }

  /** Counts the folders written to since all files were last closed. */
  static final class BoundedWriter<T>
      implements StatefulSinkWriter<T, FileWriterBucketState>,
          CommittingSinkWriter<T, FileSinkCommittable> {
    private final FileWriter<T> writer;
    private final FolderOf<T> folderOf;
    private final int maxOpenFiles;
    private final Counter closedEarly;
    private final Set<String> open = new HashSet<>();
    private final List<FileSinkCommittable> closed = new ArrayList<>();

    private BoundedWriter(
        FileWriter<T> writer, FolderOf<T> folderOf, int maxOpenFiles, Counter closedEarly) {
      this.writer = writer;
      this.folderOf = folderOf;
      this.maxOpenFiles = maxOpenFiles;
      this.closedEarly = closedEarly;
    }

    @Override
    public void write(T value, Context context) throws IOException, InterruptedException {
      String folder = folderOf.apply(value);
      if (open.size() >= maxOpenFiles && !open.contains(folder)) {
        closed.addAll(writer.prepareCommit());
        open.clear();
        closedEarly.inc();
      }
      writer.write(value, context);
      open.add(folder);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      writer.flush(endOfInput);
    }

    @Override
    public Collection<FileSinkCommittable> prepareCommit() throws IOException {
      List<FileSinkCommittable> all = new ArrayList<>(closed);
      all.addAll(writer.prepareCommit());
      closed.clear();
      open.clear();
      return all;
    }

    @Override
    public List<FileWriterBucketState> snapshotState(long checkpointId) throws IOException {
      return writer.snapshotState(checkpointId);
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
