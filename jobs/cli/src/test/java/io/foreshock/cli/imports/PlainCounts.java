package io.foreshock.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Runs a plain awk script over plain files: a second opinion that shares no code with ours. */
final class PlainCounts {

  private PlainCounts() {}

  /**
   * @param format names the script
   * @param files plain or gzipped; the folder's name is kept, as it may say what network it is
   */
  static Map<String, Long> of(String format, List<Path> files, Path scratch) throws IOException {
    List<String> command = new ArrayList<>(List.of("awk", "-f", script(format, scratch)));
    for (Path file : files) {
      command.add(unzipped(file, scratch).toString());
    }
    Process awk;
    try {
      awk = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assertThat(System.getenv("CI")).as("awk is missing; install mawk").isNotEqualTo("true");
      assumeTrue(false, "Skipped: there is no awk here. On Debian install the package mawk.");
      throw e;
    }
    String output = new String(awk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, Long> counts = new HashMap<>();
    for (String line : output.lines().toList()) {
      assertThat(line).matches("[a-z0-9]+=-?\\d+");
      counts.put(
          line.substring(0, line.indexOf('=')),
          Long.parseLong(line.substring(line.indexOf('=') + 1)));
    }
    assertThat(counts).isNotEmpty();
    return counts;
  }

  private static String script(String format, Path scratch) throws IOException {
    Path script = scratch.resolve(format + ".awk");
    try (InputStream in =
        PlainCounts.class.getResourceAsStream("/plain-counts/" + format + ".awk")) {
      Files.write(script, in.readAllBytes());
    }
    return script.toString();
  }

  private static Path unzipped(Path file, Path scratch) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return file;
    }
    Path folder = Files.createDirectories(scratch.resolve(file.getParent().getFileName()));
    Path plain = folder.resolve(file.getFileName().toString().replace(".gz", ""));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Files.write(plain, in.readAllBytes());
    }
    return plain;
  }
}
