package io.foreshock.precursors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternFilesTest {
  private static final List<String> CATALOGUE = List.of("catalogue");

  @TempDir Path folder;

  @Test
  void readsCatalogueFilesAndFolders() throws IOException {
    Files.writeString(folder.resolve("mine.yaml"), pattern("mine", 1, "vibration_rms_mm_s"));
    Path other =
        Files.writeString(folder.resolve("other.yaml"), pattern("other", 1, "oil_temperature_c"));
    assertThat(names(List.of("catalogue", folder.toString())))
        .contains("bearing-wear", "mine", "other");
    assertThat(names(List.of(other.toString()))).containsExactly("other");
  }

  @Test
  void highestVersionRuns() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            pattern("mine", 1, "oil_temperature_c")
                + "---\n"
                + pattern("mine", 2, "oil_temperature_c"));
    PatternSet patterns = PatternFiles.read(CATALOGUE, List.of(file.toString())).patterns();
    assertThat(patterns.compile()).singleElement().returns(2, p -> p.version());
  }

  @Test
  void namesAllProblemsOfAllFiles() throws IOException {
    Path one = Files.writeString(folder.resolve("1.yaml"), pattern("mine", 1, "vibration_rms"));
    List<String> problems =
        refused(CATALOGUE, List.of(one.toString(), "no/such/folder", "catalogue:azure"));
    assertThat(problems).hasSize(3);
    assertThat(problems.get(0)).startsWith(one + ":").contains("vibration_rms");
    assertThat(problems.get(1)).startsWith("no/such/folder").contains("no such file or folder");
    assertThat(problems.get(2)).contains("azure").contains("azure-pdm");
  }

  @Test
  void channelsOfAFileAreKnownToPatterns() throws IOException {
    Path channels =
        Files.writeString(
            folder.resolve("channels.yaml"),
            "channels:\n  press_force_kn: {unit: kN, range: [0, 500], description: Force of a press}\n");
    Path pattern = Files.writeString(folder.resolve("p.yaml"), pattern("p", 1, "press_force_kn"));
    assertThat(refused(CATALOGUE, List.of(pattern.toString()))).isNotEmpty();
    PatternFiles files =
        PatternFiles.read(List.of("catalogue", channels.toString()), List.of(pattern.toString()));
    assertThat(files.channels().find("press_force_kn").maximum()).isEqualTo(500);
    assertThat(files.channels().find("vibration_rms_mm_s")).isNotNull();
  }

  @Test
  void catalogueMustFitTheChannelsToo() throws IOException {
    Path channels =
        Files.writeString(
            folder.resolve("channels.yaml"),
            "channels:\n  vibration_rms_mm_s: {unit: mm/s, range: [0, 5], description: Vibration}\n");

    // Another range for a known channel: limits beyond it can never be passed.
    assertThat(refused(List.of("catalogue", channels.toString()), CATALOGUE))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("catalogue/"))
        .anyMatch(problem -> problem.contains("bearings.yaml:") && problem.contains("7.1"));
    // Channels of one's own alone: the catalogue's are unknown.
    assertThat(refused(List.of(channels.toString()), List.of("catalogue:azure-pdm")))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("catalogue/reference/azure-pdm.yaml:"));
  }

  private static List<String> refused(List<String> channels, List<String> patterns) {
    return catchThrowableOfType(StartRefused.class, () -> PatternFiles.read(channels, patterns))
        .problems();
  }

  private static List<String> names(List<String> sources) {
    YamlPatternSet patterns = (YamlPatternSet) PatternFiles.read(CATALOGUE, sources).patterns();
    return patterns.definitions().stream().map(definition -> definition.name()).toList();
  }

  private static String pattern(String name, int version, String channel) {
    return """
        pattern: %s
        version: %d
        description: Something is high.
        source: test
        symptoms:
          high: {detector: threshold, channel: %s, above: 5, clearBelow: 4}
        sequence:
          - {stage: high, when: 'symptom == "high"'}
        within: 1h
        detection: {component: bearing, failureMode: wear, severity: watch}
        """
        .formatted(name, version, channel);
  }
}
