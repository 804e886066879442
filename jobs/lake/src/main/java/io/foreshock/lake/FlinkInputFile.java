package io.foreshock.lake;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file on whatever file system Flink has, for Parquet to read. */
record FlinkInputFile(Path path) implements InputFile {

  @Override
  public long getLength() throws IOException {
    return path.getFileSystem().getFileStatus(path).getLen();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    FileSystem files = path.getFileSystem();
    FSDataInputStream in = files.open(path);
    return new DelegatingSeekableInputStream(in) {
      @Override
      public long getPos() throws IOException {
        return in.getPos();
      }

      @Override
      public void seek(long position) throws IOException {
        in.seek(position);
      }
    };
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
