package io.foreshock.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pattern that sees each episode of the simulated devices once, at the fault code. */
final class Patterns {
  private static final String EPISODE =
      """
      pattern: shaking-then-fault
      version: %d
      description: An asset shakes and then reports a fault.
      source: made up for the fault suite
      appliesTo: {assetClass: [pump]}
      symptoms:
        shaking: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1 mm/s, clearBelow: 6.5 mm/s}
      sequence:
        - {stage: shakes, when: 'symptom == "shaking"'}
        - {stage: fails, when: 'fault.code == "E42"'}
      within: 12h
      onChange: keep
      detection: {component: bearing, failureMode: wear, severity: critical}
      """;

  /** Fires at each fault code; for pattern sets that differ. */
  private static final String ALONE =
      """
      ---
      pattern: %s
      version: 1
      description: An asset reports a fault.
      source: made up for the restore drill
      sequence:
        - {stage: fails, when: 'fault.code == "%s"'}
      within: 1h
      detection: {component: bearing, failureMode: wear, severity: watch}
      """;

  /** Pattern that only the second set of the drill has. */
  static final String ADDED = "fault-alone";

  /** Pattern that only the first set has; its code is never reported. */
  private static final String REMOVED = "never";

  private Patterns() {}

  /** Writes the pattern to a file for the option {@code patterns}. */
  static Path write(Path folder) {
    try {
      return Files.writeString(folder.resolve("shaking-then-fault.yaml"), EPISODE.formatted(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pattern set before an upgrade: the pattern in version 1, and one that goes. */
  static Path writeFirst(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("patterns-1.yaml"),
        EPISODE.formatted(1) + ALONE.formatted(REMOVED, "NEVER"));
  }

  /**
   * The set after it: the pattern in version 2, which keeps what is half matched, and a new one.
   */
  static Path writeSecond(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("patterns-2.yaml"), EPISODE.formatted(2) + ALONE.formatted(ADDED, "E42"));
  }
}
