package io.foreshock.cli.bench;

import io.foreshock.cli.CliFailure;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the module of the benchmarks where something is newer, and runs one in its own process.
 */
final class BenchProcess {
  private static final String MODULE = "jobs/benchmarks";
  private static final String HEAP = "-Xmx4g";

  private final Path root;
  private final Path target;
  private final Path stamp;

  BenchProcess(Path root) {
    this.root = root;
    this.target = root.resolve(MODULE).resolve("target");
    this.stamp = target.resolve("bench.stamp");
  }

  /** Runs a benchmark to its end; its output goes where ours goes. */
  int run(String mainClass, List<String> arguments, PrintWriter err)
      throws IOException, InterruptedException {
    if (System.getenv("FORESHOCK_NO_BUILD") == null && !isBuilt()) {
      build(err);
    }
    if (!Files.isDirectory(target.resolve("lib"))) {
      throw CliFailure.failed(
          "The benchmarks are not built. Run without FORESHOCK_NO_BUILD.", null);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(opens());
    command.addAll(List.of(HEAP, "-XX:+UseParallelGC"));
    String options = System.getenv("FORESHOCK_JAVA_OPTS");
    if (options != null && !options.isBlank()) {
      command.addAll(List.of(options.trim().split("\\s+")));
    }
    String classes = target.resolve("test-classes").toString();
    command.addAll(List.of("-cp", classes + File.pathSeparator + target.resolve("lib") + "/*"));
    command.add(mainClass);
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-benchmark"));
    return process.waitFor();
  }

  /** Flink needs the same packages opened as here. */
  private static List<String> opens() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .toList();
  }

  private boolean isBuilt() throws IOException {
    if (!Files.exists(stamp)) {
      return false;
    }
    FileTime built = Files.getLastModifiedTime(stamp);
    try (Stream<Path> files =
        Files.find(
            root, Integer.MAX_VALUE, (file, attributes) -> isSource(root.relativize(file)))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSource(Path file) {
    String path = file.toString().replace(File.separatorChar, '/');
    return !path.contains("target/")
        && (path.endsWith("pom.xml")
            || path.contains("src/main/")
            || path.startsWith(MODULE + "/src/test/"));
  }

  private void build(PrintWriter err) throws IOException, InterruptedException {
    err.println("foreshock: Building the benchmarks");
    err.flush();
    Files.createDirectories(target);
    Path log = target.resolve("bench-build.log");
    FileTime begin = FileTime.fromMillis(System.currentTimeMillis());
    ProcessBuilder maven =
        new ProcessBuilder(
            "mvn",
            "-B",
            "-ntp",
            "-f",
            root.resolve("pom.xml").toString(),
            "-pl",
            MODULE,
            "-am",
            "-Pbench",
            "-DskipTests",
            "package");
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    maven.redirectErrorStream(true).redirectOutput(log.toFile());
    if (maven.start().waitFor() != 0) {
      String errors;
      try (Stream<String> lines = Files.lines(log)) {
        errors = String.join("\n", lines.filter(l -> l.startsWith("[ERROR]")).limit(6).toList());
      }
      throw CliFailure.failed("The build failed. The whole log: " + log + "\n" + errors, null);
    }
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, begin);
  }
}
