package io.foreshock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The jars that the launcher has built. */
public final class JobJar {

  private JobJar() {}

  /** The jar of a job that people deploy. */
  public static Path of(String job) {
    Path target = Path.of(System.getProperty("foreshock.home", "."), "jobs", job, "target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        return files
            .filter(file -> file.getFileName().toString().endsWith("-job.jar"))
            .findFirst()
            .orElseThrow(() -> missing(job, target));
      } catch (IOException e) {
        throw CliFailure.failed("Cannot list " + target + ": " + e, e);
      }
    }
    throw missing(job, target);
  }

  private static CliFailure missing(String job, Path target) {
    return CliFailure.wrongInput(
        "There is no jar of the job \"" + job + "\" in " + target + ". Start with ./foreshock.");
  }
}
