package io.foreshock.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real data with real disorder come out with the counts of a plain script. */
class RealRecordingsITCase {
  @TempDir private Path folder;

  @Test
  void motesComeOutWithTheLossesDuplicatesAndRestartsOfAPlainScript() throws IOException {
    Path data = data("ulb-wsn");
    Map<String, Long> plain =
        PlainCounts.of(
            "ulb-wsn",
            List.of(data.resolve("library1/R1.txt.gz"), data.resolve("library2/readings.txt.gz")),
            folder);

    ImportedCounts.of("ulb-wsn", data, folder).areTheUlbCounts(plain);

    assertThat(plain.get("lost")).isPositive();
    assertThat(plain.get("restarts")).isPositive();
  }

  @Test
  void phonesComeOutWithTheDuplicatesAndBackwardStepsOfAPlainScript() throws IOException {
    Path data = data("gotrack-gps");
    Map<String, Long> plain =
        PlainCounts.of(
            "gotrack-gps", List.of(data.resolve("go_track_trackspoints.csv.gz")), folder);

    ImportedCounts.of("gotrack-gps", data, folder).areTheGotrackCounts(plain);

    assertThat(plain.get("duplicates")).isPositive();
  }

  @Test
  void cellsThatASpreadsheetRuinedAreADeadLetterEachWithTheirLine() throws IOException {
    Path data = data("elevator-huawei");
    Map<String, Long> plain =
        PlainCounts.of(
            "elevator-huawei",
            List.of(data.resolve("predictive-maintenance-dataset.csv.gz")),
            folder);

    ImportedCounts.of("elevator-huawei", data, folder).areTheElevatorCounts(plain);

    List<String> letters = Files.readAllLines(folder.resolve("dead-letters.jsonl"));
    assertThat(letters).hasSize(plain.get("bad").intValue()).hasSizeGreaterThan(1000);
    assertThat(letters.get(0))
        .contains("line 12: vibration is \\\"18. Jan\\\", not a number")
        .contains("\"offset\":12");
  }

  private static Path data(String set) {
    Path data = Path.of(System.getProperty("foreshock.data", "../../../shared/data")).resolve(set);
    assumeTrue(
        Files.isDirectory(data),
        "Skipped: the public data are not in "
            + data.toAbsolutePath().normalize()
            + ". Point -Dforeshock.data to their folder.");
    return data;
  }
}
