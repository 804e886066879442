package io.foreshock.k8s.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process with a network, mounts and process ids of its own: what runs inside can use fixed
 * ports and addresses, touches nothing outside, and ends with it, whatever happens.
 */
final class Cell {
  private static final List<String> UNSHARE =
      List.of(
          "unshare",
          "--net",
          "--mount",
          "--pid",
          "--fork",
          "--kill-child",
          "--mount-proc",
          "--propagation",
          "private");

  private Cell() {}

  /** Why there can be none on this machine; null when there can. */
  static String missing() {
    if (!Shell.succeeds(List.of("ip", "-Version"))) {
      return "There is no program ip (Debian: iproute2).";
    }
    List<String> probe = new ArrayList<>(UNSHARE);
    probe.addAll(List.of("sh", "-c", "mount -t tmpfs tmpfs /run && ip link add probe type bridge"));
    return Shell.succeeds(probe)
        ? null
        : "This user may not make namespaces with mounts and networks: run as root on Linux.";
  }

  /**
   * Runs a main class to its end.
   *
   * @param log takes what it prints
   * @return exit code
   */
  static int run(Path log, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(UNSHARE);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dkubernetes.auth.tryKubeConfig=false",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    Files.createDirectories(log.toAbsolutePath().getParent());
    Files.write(log.resolveSibling("cell.command"), command);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(8, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("The cell did not end within 8 minutes. See " + log + ".");
    }
    return process.exitValue();
  }
}
