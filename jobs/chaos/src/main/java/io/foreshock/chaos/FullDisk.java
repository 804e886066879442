package io.foreshock.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A small disk of its own (tmpfs) for a folder, which can be filled to the last byte. Needs the
 * right to mount; where that is missing there is no such disk.
 */
final class FullDisk implements AutoCloseable {
  private static final int MEGABYTES = 96;
  private static final int BLOCK = 64 * 1024;

  private final Path folder;

  private FullDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts a small disk at a folder, which is created; empty when this user may not. */
  static Optional<FullDisk> mount(Path folder) {
    try {
      Files.createDirectories(folder);
      boolean mounted =
          run(List.of("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", folder));
      if (!mounted) {
        return Optional.empty();
      }
      FullDisk disk = new FullDisk(folder);
      // Ctrl-C must not leave it mounted.
      Runtime.getRuntime().addShutdownHook(new Thread(disk::close, "unmount"));
      return Optional.of(disk);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Leaves no byte free. What is deleted afterwards makes room again: call it again and again, or a
   * job goes on in the room of one old checkpoint.
   */
  void fill() {
    fill(BLOCK);
    fill(1);
  }

  private void fill(int blockSize) {
    byte[] block = new byte[blockSize];
    try (OutputStream ballast =
        Files.newOutputStream(
            ballast(blockSize), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        ballast.write(block);
      }
    } catch (IOException full) {
      // That is the end of the disk, and the aim.
    }
  }

  /** Gives the room back. */
  void free() {
    try {
      Files.deleteIfExists(ballast(BLOCK));
      Files.deleteIfExists(ballast(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unmounts, also while a process still uses it; once more does no harm. */
  @Override
  public void close() {
    try {
      run(List.of("umount", "-l", folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast(int size) {
    return folder.resolve("ballast-" + size);
  }

  private static boolean run(List<Object> command) throws IOException {
    try {
      return new ProcessBuilder(command.stream().map(Object::toString).toList())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
