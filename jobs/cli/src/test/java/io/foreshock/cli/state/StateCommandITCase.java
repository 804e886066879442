package io.foreshock.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.cli.TestConsole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands on golden savepoints, as people call them. */
class StateCommandITCase {
  private static final Path GOLDEN =
      Path.of("../precursors/src/test/resources/golden-savepoints/0.1.0");
  private static final Path SAVEPOINT = GOLDEN.resolve("savepoint");

  @TempDir Path folder;

  private record Run(int code, String out, String err) {}

  private static Run run(String... arguments) {
    TestConsole console = new TestConsole();
    int code = console.execute(List.of(arguments));
    return new Run(code, console.output(), console.errors());
  }

  /** Savepoints of every release of every job. */
  static Stream<Path> everyGoldenSavepoint() throws Exception {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> jobs = Files.list(Path.of(".."))) {
      for (Path job : jobs.sorted().toList()) {
        Path golden = job.resolve("src/test/resources/golden-savepoints");
        if (Files.isDirectory(golden)) {
          try (Stream<Path> releases = Files.list(golden)) {
            releases.sorted().forEach(all::add);
          }
        }
      }
    }
    return all.stream();
  }

  @Test
  void inspectListsOperatorsStatesKeysAndEventTimes() throws Exception {
    Path json = folder.resolve("inspect.json");
    Run console = run("state", "inspect", SAVEPOINT.toString(), "--json", json.toString());

    assertThat(console.code()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("job precursors,", "order-telemetry  parallelism 2 of 240", "8 keys")
        .contains("key_value cursors", "key_value open-matches", "broadcast patterns")
        .contains("event time 2026-");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.path("job").asText()).isEqualTo("precursors");
    assertThat(report.path("oldestEventTime").asText())
        .isLessThan(report.path("newestEventTime").asText());
    assertThat(report.path("operators").findValuesAsText("unreadable")).containsOnly("");
  }

  @Test
  void quickReadsTheMetadataAlone() {
    Run console = run("state", "inspect", "--quick", SAVEPOINT.toString());
    assertThat(console.code()).isZero();
    assertThat(console.out()).contains("key_value open-matches\n").doesNotContain("entries");
  }

  @Test
  void exportPrintsOneAssetsStateReadably() throws Exception {
    Run console = run("state", "export", SAVEPOINT.toString(), "--asset", "zeta/pump-5");
    assertThat(console.code()).as(console.err()).isZero();
    JsonNode operators = new ObjectMapper().readTree(console.out()).path("operators");
    assertThat(operators.path("order-telemetry").path("cursors").path("devices")).isNotEmpty();
    assertThat(operators.path("order-telemetry").path("pending")).as("messages wait").isNotEmpty();
    JsonNode open = operators.path("match-patterns").path("open-matches");
    assertThat(open.path("clockEventTime").asText()).startsWith("2026-");
    assertThat(open.path("patterns").get(0).path("signals").get(0).path("name").asText())
        .isNotEmpty();
    assertThat(operators.path("detect-symptoms").path("symptom-detectors").path("detectors"))
        .isNotEmpty();
  }

  @Test
  void anUnknownAssetIsNamed() {
    Run console = run("state", "export", SAVEPOINT.toString(), "--asset", "zeta/pump-99");
    assertThat(console.code()).isEqualTo(1);
    assertThat(console.err()).contains("Nothing is known of \"zeta/pump-99\"");
  }

  @Test
  void diffOfASavepointWithItselfIsEmpty() {
    Run console = run("state", "diff", SAVEPOINT.toString(), SAVEPOINT.toString());
    assertThat(console.code()).isZero();
    assertThat(console.out()).isEqualToIgnoringNewLines("No difference.");
  }

  @Test
  void diffOfTwoJobsNamesOperatorsAndStates() {
    Run console =
        run(
            "state",
            "diff",
            SAVEPOINT.toString(),
            "../ingest/src/test/resources/golden-savepoints/0.1.0/savepoint");
    assertThat(console.code()).isEqualTo(1);
    assertThat(console.out())
        .contains("match-patterns\n  only in the first")
        .contains("order-telemetry\n");
  }

  @ParameterizedTest
  @MethodSource("everyGoldenSavepoint")
  void everyGoldenSavepointIsSaidToRestore(Path release) throws Exception {
    String job = release.getName(1).toString();
    Run console = run("state", "check", release.resolve("savepoint").toString(), "--job", job);
    // The tests' own sources stand in for Kafka's; nothing else may be in the way.
    assertThat(console.out().lines().filter(line -> line.matches("  (LOST|REFUSED) .*")))
        .allMatch(line -> line.matches(".*\"(read|read raw|as-published|no-clock).*"));
  }

  private Run check(String config) throws Exception {
    Path file = Files.writeString(folder.resolve("precursors.yaml"), config);
    return run(
        "state", "check", SAVEPOINT.toString(), "--job", "precursors", "--config", file.toString());
  }

  @Test
  void checkSaysWhatBecomesOfOpenMatchesPatternByPattern() throws Exception {
    String patterns = Files.readString(GOLDEN.resolve("patterns.yaml"));
    List<String> changed = new ArrayList<>();
    for (String document : patterns.split("---\n")) {
      if (document.startsWith("pattern: gone")) {
        continue;
      }
      for (String onChange : List.of("keep", "drain", "drop")) {
        if (document.startsWith("pattern: " + onChange + "\n")) {
          document =
              document
                  .replace("version: 1", "version: 2")
                  .replace("onChange: drain", "onChange: " + onChange);
        }
      }
      if (document.startsWith("pattern: loop")) {
        document =
            document.replace(
                "- {stage: ends", "- {stage: more, when: 'fault.code == \"X\"'}\n  - {stage: ends");
      }
      changed.add(document);
    }
    Path file = Files.writeString(folder.resolve("patterns.yaml"), String.join("---\n", changed));

    Run console = check("patterns: " + file + "\npatterns.topic: foreshock.patterns\n");

    assertThat(console.out())
        .containsPattern(
            "note .*pattern keep: \\d+ open matches of version 1 on 8 assets go on under the conditions of version 2")
        .containsPattern("note .*pattern drain: .* end by their own rules beside version 2")
        .containsPattern("note .*pattern drop: .* are given up for version 2 \\(onChange: drop\\)")
        .containsPattern("note .*pattern gone: .* the pattern does not run any more")
        .containsPattern("LOST .*\"match-patterns\", pattern loop: .* has other stages")
        .containsPattern("ok .*pattern shaking-and-hot: .* go on");
    assertThat(console.code()).isEqualTo(1);
  }

  @Test
  void checkNamesOperatorsThatTheOptionsSwitchOff() throws Exception {
    Run console = check("patterns: " + GOLDEN.resolve("patterns.yaml") + "\n");
    assertThat(console.code()).isEqualTo(1);
    assertThat(console.out())
        .contains(
            "REFUSED  \"check-patterns\": the snapshot holds state for this uid",
            "but the job has it only with patterns.topic. Set that option, or give this state up with"
                + " --allowNonRestoredState.",
            "It does not restore: see REFUSED.");
  }

  @Test
  void checkAgainstAnotherJobSaysWhatWouldBeDropped() {
    Run console = run("state", "check", SAVEPOINT.toString(), "--job", "ingest");
    assertThat(console.code()).isEqualTo(1);
    assertThat(console.out())
        .contains(
            "REFUSED  \"match-patterns\": the snapshot holds state for this uid",
            "which this build of ingest does not contain.");
  }

  @Test
  void wrongInputIsOneMessage() {
    Run unknown = run("state", "check", SAVEPOINT.toString(), "--job", "precursor");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("There is no job \"precursor\". Known are ");
    Run nowhere = run("state", "inspect", folder.toString());
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err())
        .contains("There is no savepoint in " + folder)
        .doesNotContain("\tat ");
  }
}
