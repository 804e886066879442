package io.foreshock.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs from packages of the system: absent, a test is skipped, and fails where CI=true. */
final class RequiredTools {

  private RequiredTools() {}

  /**
   * @param programs named as their Debian packages are, {@code promtool} excepted
   */
  static void demand(String... programs) {
    List<String> missing = Arrays.stream(programs).filter(name -> !isOnPath(name)).toList();
    if (missing.isEmpty()) {
      return;
    }
    String message =
        "Not on the path: %s. On Debian: apt-get install %s"
            .formatted(
                String.join(", ", missing),
                String.join(" ", missing).replace("promtool", "prometheus"));
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    Assumptions.abort(message);
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
