package io.foreshock.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.cli.TestConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code foreshock import} counts. */
final class ImportedCounts {
  private final JsonNode source;
  private final JsonNode pipeline;

  private ImportedCounts(JsonNode document) {
    source = document.get("source");
    pipeline = document.get("pipeline");
  }

  static ImportedCounts of(String format, Path data, Path out) throws IOException {
    TestConsole console = new TestConsole();
    Path json = out.resolve("counts.json");
    int code =
        console.execute(
            List.of(
                "import",
                "--format",
                format,
                "--data",
                data.toString(),
                "--json",
                json.toString(),
                "--out",
                out.toString(),
                "--verbose"));
    assertThat(code).as(console.errors()).isZero();
    return new ImportedCounts(new ObjectMapper().readTree(json.toFile()));
  }

  long source(String name) {
    return source.get(name).asLong();
  }

  long badIn(String column) {
    return source.get("badCellsByColumn").path(column).asLong();
  }

  long pipeline(String name) {
    return pipeline.get(name).asLong();
  }

  void areTheUlbCounts(Map<String, Long> plain) {
    assertThat(source("rows")).isEqualTo(plain.get("rows"));
    assertThat(source("devices")).isEqualTo(plain.get("devices"));
    assertThat(source("badCells")).isEqualTo(plain.get("bad"));
    assertThat(source("counterRestarts")).isEqualTo(plain.get("restarts"));
    assertThat(pipeline("duplicates")).isEqualTo(plain.get("duplicates"));
    assertThat(pipeline("lost")).isEqualTo(plain.get("lost"));
    comesOutButForDuplicates();
  }

  void areTheGotrackCounts(Map<String, Long> plain) {
    assertThat(source("rows")).isEqualTo(plain.get("rows"));
    assertThat(source("devices")).isEqualTo(plain.get("devices"));
    assertThat(source("badCells")).isEqualTo(plain.get("bad"));
    assertThat(pipeline("duplicates")).isEqualTo(plain.get("duplicates"));
    assertThat(pipeline("late")).isEqualTo(plain.get("backward"));
    comesOutButForDuplicates();
  }

  void areTheElevatorCounts(Map<String, Long> plain) {
    assertThat(source("rows")).isEqualTo(plain.get("rows"));
    assertThat(source("readings")).isEqualTo(plain.get("readings"));
    assertThat(source("emptyCells")).isEqualTo(plain.get("empty"));
    assertThat(source("badCells")).isEqualTo(plain.get("bad"));
    assertThat(badIn("ball-bearing")).isEqualTo(plain.get("bad1"));
    assertThat(badIn("humidity")).isEqualTo(plain.get("bad2"));
    assertThat(badIn("vibration")).isEqualTo(plain.get("bad3"));
    assertThat(pipeline("readings")).isEqualTo(plain.get("readings"));
    assertThat(pipeline("duplicates") + pipeline("lost") + pipeline("late")).isZero();
  }

  /** Nothing is dropped but repeats: each message comes out in order, late or without content. */
  private void comesOutButForDuplicates() {
    assertThat(pipeline("messages") + pipeline("empty"))
        .isEqualTo(source("messages") - pipeline("duplicates"));
  }
}
