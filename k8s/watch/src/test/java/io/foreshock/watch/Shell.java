package io.foreshock.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs commands with bash and the functions of the runbooks; prints what it runs. */
record Shell(Map<String, String> environment) {

  /**
   * @param output both streams
   */
  record Result(String commands, int exitCode, String output) {
    void demandSuccess() {
      if (exitCode != 0) {
        throw new AssertionError(
            "Exit code %d of:%n%s%nIt printed:%n%s".formatted(exitCode, commands, output));
      }
    }
  }

  Result run(String commands) {
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", ". k8s/runbooks/sre.sh\n" + commands);
    bash.directory(Installation.ROOT.toFile());
    bash.environment().putAll(environment);
    bash.redirectErrorStream(true);
    try {
      Process process = bash.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(commands, process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
