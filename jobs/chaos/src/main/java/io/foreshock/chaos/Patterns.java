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
      version: 1
      description: An asset shakes and then reports a fault.
      source: made up for the fault suite
      appliesTo: {assetClass: [pump]}
      symptoms:
        shaking: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1 mm/s, clearBelow: 6.5 mm/s}
      sequence:
        - {stage: shakes, when: 'symptom == "shaking"'}
        - {stage: fails, when: 'fault.code == "E42"'}
      within: 12h
      detection: {component: bearing, failureMode: wear, severity: critical}
      """;

  private Patterns() {}

  /** Writes the pattern to a file for the option {@code patterns}. */
  static Path write(Path folder) {
    try {
      return Files.writeString(folder.resolve("shaking-then-fault.yaml"), EPISODE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
