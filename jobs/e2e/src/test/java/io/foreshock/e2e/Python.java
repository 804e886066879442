package io.foreshock.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the scripts for readers of topics with the Python of this machine. */
final class Python {
  /** Of the project: {@code jobs/features/python}. */
  static final Path SCRIPTS = Path.of("..", "features", "python").toAbsolutePath().normalize();

  /** Debian's own first: its packages are invisible to another one on the path. */
  private static final List<String> PROGRAMS = List.of("/usr/bin/python3", "python3");

  private Python() {}

  /** A Python that has these modules; empty when there is none. */
  static Optional<String> with(String... modules) throws IOException, InterruptedException {
    for (String program : PROGRAMS) {
      try {
        if (run(program, "-c", "import " + String.join(", ", modules)).exitCode() == 0) {
          return Optional.of(program);
        }
      } catch (IOException notThere) {
        continue;
      }
    }
    return Optional.empty();
  }

  /**
   * What a script did.
   *
   * @param output both standard streams
   */
  record Result(int exitCode, String output) {}

  static Result run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Result(process.waitFor(), output);
  }
}
