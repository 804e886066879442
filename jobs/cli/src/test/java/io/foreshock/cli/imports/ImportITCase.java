package io.foreshock.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small recordings of the same forms as the real ones, with everything that can be wrong. */
class ImportITCase {
  private static final long START = 1_163_438_000_000L;

  @TempDir private Path folder;

  @Test
  void motesAreCountedAsAPlainScriptDoes() throws IOException {
    Path file = Files.createDirectory(folder.resolve("attic")).resolve("R1.txt");
    Files.write(
        file,
        List.of(
            mote(0, 1, "996", "21,5"),
            mote(0, 2, "0", "19,0"),
            mote(60, 1, "997", "21,6"),
            mote(61, 1, "997", "21,6"), // repeated at once
            mote(120, 1, "999", "21,8"),
            mote(123, 1, "998", "21,7"), // overtaken, in time
            mote(130, 1, "998", "21,7"), // repeated later
            mote(180, 1, "1 000", "21,9"), // a number above 999
            mote(240, 1, "1 004", "22,0"), // three lost
            mote(300, 1, "1 005", "22.Jan"), // a ruined cell
            mote(301, 2, "1", "19,1"),
            "1163438302000 2 2 19,2", // a line that was cut
            mote(360, 2, "3", "19,3"), // so one is lost
            mote(420, 1, "0", "22,1"), // begins again
            mote(480, 1, "2", "22,2"))); // one lost

    ImportedCounts counts = ImportedCounts.of("ulb-wsn", folder, folder);

    counts.areTheUlbCounts(PlainCounts.of("ulb-wsn", List.of(file), folder));
    assertThat(counts.source("badCells")).isEqualTo(2);
    assertThat(counts.source("counterRestarts")).isEqualTo(1);
    assertThat(counts.pipeline("duplicates")).isEqualTo(2);
    assertThat(counts.pipeline("lost")).isEqualTo(5);
    // 998 measured, by its arrival, after 999: in order of numbers 999 then lies behind.
    assertThat(counts.pipeline("reordered")).isPositive();
    assertThat(counts.pipeline("late")).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("dead-letters.jsonl")))
        .contains("attic/R1.txt, line 10: internal temperature is \\\"22.Jan\\\", not a number")
        .contains("attic/R1.txt, line 12: line is ");
    assertThat(Files.readString(folder.resolve("messages.jsonl")))
        .contains(
            "\"device\":\"attic-mote-1\",\"assetClass\":\"mote\",\"boot\":\"run-1\",\"sequence\":1004")
        .contains("\"boot\":\"run-2\",\"sequence\":0");
  }

  @Test
  void fixesAreCountedAsAPlainScriptDoes() throws IOException {
    Path file = folder.resolve("go_track_trackspoints.csv");
    Files.writeString(
        file,
        """
        id,latitude,longitude,track_id,time
        1,-10.9393,-37.0627,1,2014-09-13 7:24
        2,-10.9393,-37.0627,1,2014-09-13 7:24
        3,-10.9394,-37.0628,1,2014-09-13 7:25
        4,-10.9395,-37.0629,1,2014-09-13 7:23
        5,-10.9395,-37.0629,2,2014-09-13 7:20
        6,-10.9396,-37.06.30,2,2014-09-13 7:26
        7,-10.9396,-37.0630,2,2014-09-13 10:26
        8,-10.9397,-37.0631,2,2014-09-13 9:59
        """);

    ImportedCounts counts = ImportedCounts.of("gotrack-gps", folder, folder);

    counts.areTheGotrackCounts(PlainCounts.of("gotrack-gps", List.of(file), folder));
    assertThat(counts.pipeline("duplicates")).isEqualTo(1);
    assertThat(counts.pipeline("late")).isEqualTo(2);
    assertThat(counts.source("badCells")).isEqualTo(1);
  }

  @Test
  void ruinedCellsAreCountedAsAPlainScriptDoes() throws IOException {
    Path file = folder.resolve("predictive-maintenance-dataset.csv");
    Files.writeString(
        file,
        """
        ball-bearing;humidity;vibration
        93.744;73.999;18
        93.74;73.999;18. Jan

        31. Jul;;Dez 99
        93.7;74.001;-3.5e
        93.7;74.001;3.5
        """);

    ImportedCounts counts = ImportedCounts.of("elevator-huawei", folder, folder);

    counts.areTheElevatorCounts(PlainCounts.of("elevator-huawei", List.of(file), folder));
    assertThat(counts.source("badCells")).isEqualTo(4);
    assertThat(Files.readString(folder.resolve("dead-letters.jsonl")))
        .contains("line 5: ball-bearing is \\\"31. Jul\\\"")
        .contains("line 6: vibration is \\\"-3.5e\\\"");
  }

  @Test
  void aFolderOfAnotherLayoutIsRefused() {
    TestConsole console = new TestConsole();
    for (String format : List.of("ulb-wsn", "gotrack-gps", "elevator-huawei")) {
      int code =
          console.execute(List.of("import", "--format", format, "--data", folder.toString()));
      assertThat(code).isEqualTo(2);
      assertThat(console.errors()).contains("Is it laid out as the " + format + " set?");
    }
  }

  private static String mote(int second, int node, String number, String temperature) {
    return (START + second * 1000L)
        + " "
        + node
        + " "
        + number
        + " "
        + temperature
        + " 2,81 51,53 22,08 20 28";
  }
}
