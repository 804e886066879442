package io.foreshock.backtest.page;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A real Chromium, driven by playwright-core: the version and checksum of {@code src/test/npm},
 * fetched once. Where Chromium or npm is absent tests are skipped; in CI they fail.
 */
public final class Chromium {
  private static final Path TOOLS = Path.of("target/playwright");
  private static final Path CHECKS = Path.of("src/test/browser");

  private Chromium() {}

  /**
   * Runs the checks of a module on a report: a test for each.
   *
   * @param checks file below {@code src/test/browser} of this module
   */
  public static Stream<DynamicTest> check(String checks, Path report) throws Exception {
    String chromium = find("chromium", "chromium");
    String node = find("node", "npm");
    install();
    List<String> lines =
        run(
            List.of(
                node,
                CHECKS.resolve("run.mjs").toString(),
                CHECKS.resolve(checks).toString(),
                report.toString(),
                chromium,
                TOOLS.toString()),
            Path.of("."));
    ObjectMapper mapper = new ObjectMapper();
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines) {
      JsonNode result = mapper.readTree(line);
      String message = result.get("message").asText();
      if (!message.isEmpty() && result.get("ok").asBoolean()) {
        System.out.println(result.get("name").asText() + ": " + message);
      }
      tests.add(
          DynamicTest.dynamicTest(
              result.get("name").asText(),
              () -> {
                if (!result.get("ok").asBoolean()) {
                  fail(message);
                }
              }));
    }
    return tests.stream();
  }

  private static synchronized void install() throws Exception {
    Path done = TOOLS.resolve("node_modules/.package-lock.json");
    Path wanted = Path.of("src/test/npm/package-lock.json");
    if (Files.exists(done)
        && Files.getLastModifiedTime(done).compareTo(Files.getLastModifiedTime(wanted)) >= 0) {
      return;
    }
    Files.createDirectories(TOOLS);
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.copy(
          Path.of("src/test/npm", file), TOOLS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(
        List.of(
            find("npm", "npm"),
            "ci",
            "--ignore-scripts",
            "--prefer-offline",
            "--no-audit",
            "--no-fund"),
        TOOLS);
  }

  /** The program on the path, else the test ends here. */
  private static String find(String program, String debianPackage) {
    for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    String message =
        "There is no " + program + " on the path (package " + debianPackage + " on Debian).";
    if ("true".equals(System.getenv("CI"))) {
      fail(message);
    }
    return abort(message);
  }

  /** Lines that the program wrote; what it says besides goes to a file. */
  private static List<String> run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("foreshock-browser", ".out");
    Path errors = Files.createTempFile("foreshock-browser", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        fail(command.get(0) + " did not end within 10 minutes.");
      }
      if (process.exitValue() != 0) {
        fail(Files.readString(errors).strip());
      }
      return Files.readAllLines(output);
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
    }
  }
}
