package io.foreshock.bench.latency;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * The local disk, at the pace of an object store: closing a file that was written takes a while, as
 * the request that stores it does. Reading, renaming and deleting are as fast as the disk.
 */
final class SlowStore extends FileSystem {
  private final FileSystem disk = LocalFileSystem.getSharedInstance();
  private final long delayMillis;

  SlowStore(long delayMillis) {
    this.delayMillis = delayMillis;
  }

  private static void hold(long millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static Path onDisk(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    FSDataOutputStream out = disk.create(onDisk(path), mode);
    return new FSDataOutputStream() {
      private boolean closed;

      @Override
      public long getPos() throws IOException {
        return out.getPos();
      }

      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void sync() throws IOException {
        out.sync();
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          hold(delayMillis);
          out.close();
        }
      }
    };
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(SlowStoreFactory.SCHEME, null, disk.getWorkingDirectory().toUri().getPath());
  }

  @Override
  public Path getHomeDirectory() {
    return new Path(SlowStoreFactory.SCHEME, null, disk.getHomeDirectory().toUri().getPath());
  }

  @Override
  public URI getUri() {
    return URI.create(SlowStoreFactory.SCHEME + ":///");
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return disk.getFileStatus(onDisk(path));
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length)
      throws IOException {
    return disk.getFileBlockLocations(file, start, length);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return disk.open(onDisk(path), bufferSize);
  }

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    return disk.open(onDisk(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return disk.listStatus(onDisk(path));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return disk.delete(onDisk(path), recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return disk.mkdirs(onDisk(path));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return disk.rename(onDisk(from), onDisk(to));
  }

  @Override
  public boolean isDistributedFS() {
    return true;
  }
}
