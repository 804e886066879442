package io.foreshock.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process that this one started and that does not outlive it. */
final class ChildProcess {
  /** Ctrl-C does not reach the program; it is killed when standard input closes. */
  private static final String WATCHED =
      "trap '' INT; exec 3<&0; (cat <&3 >/dev/null; kill -KILL $$) >/dev/null 2>&1 &"
          + " exec \"$@\" </dev/null 3<&-";

  private final String name;
  private final Path output;
  private final Process process;

  private ChildProcess(String name, Path output, Process process) {
    this.name = name;
    this.output = output;
    this.process = process;
  }

  /**
   * Starts a Java process.
   *
   * @param name name for messages and log files
   * @param logs folder of {@code <name>.out} (both standard streams) and {@code <name>.log}
   * @param environment added to the environment of this process
   * @param classPath jars and folders
   * @param jvm flags of the virtual machine
   * @param main main class and its arguments
   */
  static ChildProcess start(
      String name,
      Path logs,
      Map<String, String> environment,
      List<Path> classPath,
      List<String> jvm,
      List<String> main) {
    List<String> command = new ArrayList<>();
    // Ctrl-C reaches every process of the terminal. The parent decides when its children stop, so
    // they ignore it: an ignored signal stays ignored in the program that replaces the shell.
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(ChildMain.class.getName());
    command.addAll(main);
    return startProgram(name, logs, environment, command);
  }

  /**
   * Starts any program. That it ends with this process is the caller's care.
   *
   * @param name name for messages and the log file
   * @param logs folder of {@code <name>.out}: both standard streams
   * @param environment added to the environment of this process
   * @param command program and its arguments
   */
  static ChildProcess startProgram(
      String name, Path logs, Map<String, String> environment, List<String> command) {
    Path output = logs.resolve(name + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    try {
      return new ChildProcess(name, output, builder.start());
    } catch (IOException e) {
      throw new LocalClusterException("Could not start " + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Starts any program so that it ends with this process, however that ends.
   *
   * @param command program and its arguments
   */
  static ChildProcess startWatched(String name, Path logs, List<String> command) {
    List<String> watched = new ArrayList<>(List.of("/bin/sh", "-c", WATCHED, "sh"));
    watched.addAll(command);
    return startProgram(name, logs, Map.of(), watched);
  }

  /** Both standard streams so far. */
  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * SIGTERM. Not {@link Process#destroy()}, which would close standard input as well, and a watch
   * would kill at once.
   */
  void terminate() {
    process.toHandle().destroy();
  }

  int exitCode() {
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Why there is no use in waiting for it: it is dead; null while it lives. */
  String obituary() {
    if (process.isAlive()) {
      return null;
    }
    return name
        + " ended with exit code "
        + process.exitValue()
        + ". Last lines of "
        + output
        + ":\n"
        + lastLines();
  }

  /** Ends the process as a power cut would, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(20));
  }

  /** Stops the process where it stands ({@code SIGSTOP}); its sockets stay open. */
  void pause() {
    signal("STOP");
  }

  /** Lets the process go on after {@link #pause}. */
  void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      // The shell's own kill: there is not always a program of that name.
      Process kill =
          new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
              .redirectErrorStream(true)
              .start();
      if (kill.waitFor() != 0 && process.isAlive()) {
        throw new LocalClusterException("Could not send SIG" + signal + " to " + name + ".");
      }
    } catch (IOException e) {
      throw new LocalClusterException("Could not send SIG" + signal + " to " + name + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("Interrupted while sending a signal.", e);
    }
  }

  /** Asks the process to end; kills it when it has not within the given time. */
  void stop(Duration patience) {
    process.destroy();
    if (!awaitEnd(patience)) {
      kill();
    }
  }

  /** Waits for the end and returns what the process printed. */
  ClientResult result() {
    if (!awaitEnd(Duration.ofMinutes(3))) {
      kill();
      throw new LocalClusterException(name + " did not end within 3 minutes. See " + output + ".");
    }
    try {
      return new ClientResult(
          process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end; false when it has not come in time. */
  boolean awaitEnd(Duration atMost) {
    try {
      return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String lastLines() {
    try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - 15), all.size()));
    } catch (IOException | UncheckedIOException e) {
      return "(not readable: " + e.getMessage() + ")";
    }
  }
}
