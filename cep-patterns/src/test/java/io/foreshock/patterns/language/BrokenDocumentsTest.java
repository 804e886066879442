package io.foreshock.patterns.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an author is told: the messages are part of the interface. Table: {@code
 * broken-documents.txt}.
 */
class BrokenDocumentsTest {
  private static final PatternLanguage LANGUAGE = PatternLanguage.of(ChannelCatalogue.load());
  private static final String FILE = "bearing-wear.yaml";

  static final String SOUND =
      """
      pattern: bearing-wear
      version: 3
      symptoms:
        rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1, clearBelow: 6.5, for: 30s}
        hot: {detector: drift, channel: bearing_temperature_c, baseline: 24h, above: 4 sigma}
      sequence:
        - {stage: shaking, when: 'symptom == "rough"'}
        - {stage: heating, when: 'symptom == "hot"'}
        - {stage: repaired, when: 'maintenance.component == "bearing"', contiguity: notFollowedBy}
      within: 6h
      detection: {component: bearing, failureMode: wear, severity: critical, horizon: 48h}
      """;

  /**
   * One way to break the sound document.
   *
   * @param wrong what is put in the place of {@code sound}
   */
  record Row(String name, String sound, String wrong, List<String> messages) {
    @Override
    public String toString() {
      return name;
    }

    String document() {
      assertThat(SOUND).contains(sound);
      return SOUND.replaceFirst(
          java.util.regex.Pattern.quote(sound), java.util.regex.Matcher.quoteReplacement(wrong));
    }
  }

  @Test
  void theSoundDocumentHasNoProblem() {
    assertThat(LANGUAGE.parse(FILE, SOUND).problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsWrongWhereAndTheWayOut(Row row) {
    List<Problem> problems = LANGUAGE.parse(FILE, row.document()).problems();

    assertThat(problems).extracting(Problem::toString).isEqualTo(row.messages());
  }

  static Stream<Row> rows() throws IOException {
    String table;
    try (InputStream in =
        BrokenDocumentsTest.class.getResourceAsStream("/language/broken-documents.txt")) {
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Row> rows = new ArrayList<>();
    for (String block : table.split("\n\n")) {
      List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
      if (!lines.isEmpty()) {
        rows.add(
            new Row(
                lines.get(0),
                unescape(lines.get(1)),
                unescape(lines.get(2)),
                lines.subList(3, lines.size()).stream().map(m -> FILE + ':' + m).toList()));
      }
    }
    assertThat(rows).hasSizeGreaterThan(80);
    return rows.stream();
  }

  /** {@code - text} as in the table. */
  private static String unescape(String line) {
    return line.substring(2).replace("\\n", "\n");
  }
}
