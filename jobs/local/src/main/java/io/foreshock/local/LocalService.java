package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A plain service of Foreshock in a process of its own, as it is deployed, with the class path of
 * this one. It ends when this process ends, however it ends.
 */
public final class LocalService implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final ChildProcess process;

  private LocalService(String name, ChildProcess process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts it; {@link #await} says when it is ready.
   *
   * @param name for messages and the log file
   * @param folder where its output goes; created when absent
   * @param environment added to the environment of this process
   */
  public static LocalService start(
      String name,
      Path folder,
      Class<?> main,
      List<String> arguments,
      Map<String, String> environment) {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .map(Path::of)
            .toList();
    List<String> command = new ArrayList<>();
    command.add(main.getName());
    command.addAll(arguments);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LocalService(
        name,
        ChildProcess.start(
            name,
            folder,
            environment,
            classPath,
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            command));
  }

  /** Waits until it has printed the text; fails at once when it ends before. */
  public LocalService await(String text) {
    Await.until(name, PATIENCE, () -> output().contains(text), process::obituary);
    return this;
  }

  /** Both standard streams so far. */
  public String output() {
    return process.output();
  }

  /** Kills it as a power cut would ({@code kill -9}), and waits until it is gone. */
  public void kill() {
    process.kill();
  }

  /** Asks it to stop (SIGTERM). */
  public void terminate() {
    process.terminate();
  }

  /** Waits for its end. */
  public int exitCode() {
    if (!process.awaitEnd(PATIENCE)) {
      throw new LocalClusterException(name + " does not end. It said:\n" + output());
    }
    return process.exitCode();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.kill();
    }
  }
}
