package io.foreshock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The jars that the launcher has built. */
public final class JobJar {

  private JobJar() {}

  /** The jar of a job that people deploy. */
  public static Path of(String job) {
    Path target = modules().resolve(job).resolve("target");
    return in(target).orElseThrow(() -> missing(job, target));
  }

  /** The jar of a job that people deploy, if it is built. */
  public static Optional<Path> find(String job) {
    return in(modules().resolve(job).resolve("target"));
  }

  /** The jars of all jobs that are built. */
  public static List<Path> all() {
    try (Stream<Path> modules = Files.list(modules())) {
      return modules.sorted().flatMap(module -> in(module.resolve("target")).stream()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Path modules() {
    return Path.of(System.getProperty("foreshock.home", "."), "jobs");
  }

  private static Optional<Path> in(Path target) {
    if (!Files.isDirectory(target)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> file.getFileName().toString().endsWith("-job.jar")).findFirst();
    } catch (IOException e) {
      throw CliFailure.failed("Cannot list " + target + ": " + e, e);
    }
  }

  private static CliFailure missing(String job, Path target) {
    return CliFailure.wrongInput(
        "There is no jar of the job \"" + job + "\" in " + target + ". Start with ./foreshock.");
  }
}
