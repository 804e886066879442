package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.flink.connector.file.sink.compactor.OutputStreamBasedFileCompactor;
import org.apache.flink.core.fs.Path;

/** Makes one Parquet file of the segments of one folder. */
final class ParquetCompactor extends OutputStreamBasedFileCompactor {
  private final int rowGroupBytes;

  ParquetCompactor(int rowGroupBytes) {
    this.rowGroupBytes = rowGroupBytes;
  }

  @Override
  protected void doCompact(List<Path> segments, OutputStream out) throws IOException {
    Target target = new Target(out);
    for (Path segment : segments) {
      Segment.read(segment, target::add);
    }
    target.close();
  }

  /** Opens the file at the first part, which says what the others are of. */
  private final class Target {
    private final OutputStream out;
    private ParquetFile file;

    Target(OutputStream out) {
      this.out = out;
    }

    void add(TelemetryBatch part) throws IOException {
      if (file == null) {
        file = new ParquetFile(out, Dataset.of(part), part.asset().tenant(), rowGroupBytes);
      }
      file.write(part);
    }

    void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }
}
