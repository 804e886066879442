package io.foreshock.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A state contract that differs from that of the last release needs an entry in CHANGELOG.md that
 * has {@code State:} in it and names the contract by job and hash. A person who changes state
 * writes it; the hash makes sure that the entry is about this change and not about an earlier one.
 */
final class StateChangelog {
  private static final Path CHANGELOG = Path.of("../../CHANGELOG.md");
  private static final String CONTRACT = "state-contract";

  private StateChangelog() {}

  static void assertSpeaksOf(String job, String contract) throws IOException {
    assertSpeaksOf(job, contract, lastRelease(), Files.readString(CHANGELOG));
  }

  /**
   * @param released contract of the last release; empty when there is none
   */
  static void assertSpeaksOf(String job, String contract, String released, String changelog) {
    if (plain(contract).equals(plain(released))) {
      return;
    }
    String name = job + " " + hash(contract);
    boolean speaks =
        entries(changelog).stream()
            .anyMatch(entry -> entry.contains("State:") && entry.contains("`" + name + "`"));
    assertThat(speaks)
        .as(
            "The state contract of %s is not that of the last release. Say in CHANGELOG.md under \"Unreleased\" what"
                + " happens to existing state, in an entry with \"State:\" that contains \"`%s`\".",
            job, name)
        .isTrue();
  }

  /** First 8 digits of SHA-256 of the contract without comments. */
  static String hash(String contract) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(plain(contract).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  private static String plain(String contract) {
    return contract.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
  }

  /** Entries of the section that is not released. */
  private static List<String> entries(String changelog) {
    String section = changelog.substring(changelog.indexOf("## Unreleased"));
    int next = section.indexOf("\n## ", 1);
    return List.of((next < 0 ? section : section.substring(0, next)).split("\n(?=- )"));
  }

  /** The contract that the newest golden savepoint was written under. */
  private static String lastRelease() throws IOException {
    if (!Files.exists(GoldenFolder.ALL)) {
      return "";
    }
    try (Stream<Path> folders = Files.list(GoldenFolder.ALL)) {
      List<Path> contracts =
          folders
              .sorted(GoldenFolder.BY_RELEASE)
              .map(folder -> folder.resolve(CONTRACT))
              .filter(Files::exists)
              .toList();
      return contracts.isEmpty() ? "" : Files.readString(contracts.get(contracts.size() - 1));
    }
  }
}
