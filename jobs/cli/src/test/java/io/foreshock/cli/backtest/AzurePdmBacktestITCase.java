package io.foreshock.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.cli.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bars that Foreshock sets itself on the public machines of the Azure PdM set. */
class AzurePdmBacktestITCase {
  /** Folder of real data: system property, else beside the project. */
  private static final Path REAL_DATA =
      Path.of(System.getProperty("foreshock.data", "../../../shared/data")).resolve("azure-pdm");

  @TempDir private Path folder;

  @BeforeEach
  void needsTheData() {
    assumeTrue(
        Files.isDirectory(REAL_DATA),
        "Skipped: the public data are not in "
            + REAL_DATA.toAbsolutePath().normalize()
            + ". Point -Dforeshock.data to them.");
  }

  @Test
  void findsTheFailuresOfTheFirstQuarterADayAheadWithHardlyAFalseAlarm() throws IOException {
    Path out = folder.resolve("out");

    JsonNode scores =
        backtest(
            REAL_DATA, "--telemetry", "contiguous", "--machines", "1-10", "--out", out.toString());

    JsonNode overall = scores.get("overall");
    assertThat(overall.get("failures").asInt()).isEqualTo(17);
    assertThat(overall.get("precision").asDouble()).isGreaterThanOrEqualTo(0.90);
    assertThat(overall.get("recall").asDouble()).isGreaterThanOrEqualTo(0.95);
    assertThat(overall.get("f1").asDouble()).isGreaterThanOrEqualTo(0.93);
    assertThat(overall.get("leadHoursMedian").asDouble()).isGreaterThanOrEqualTo(24);
    assertThat(overall.get("falseAlarmsPerMachineMonth").asDouble()).isLessThanOrEqualTo(0.10);
    // How sure that is: 17 failures of 10 machines.
    JsonNode intervals = scores.get("intervals");
    assertThat(intervals.get("precision").get(0).asDouble()).isBetween(0.75, 0.94);
    assertThat(intervals.get("precision").get(1).asDouble()).isEqualTo(1);
    assertThat(intervals.get("f1").get(0).asDouble()).isBetween(0.85, 0.97);
    // Neither a limit nor chance does nearly as well.
    JsonNode baselines = scores.get("baselines");
    assertThat(baselines.get("singleThreshold").get("f1").asDouble()).isLessThan(0.5);
    assertThat(baselines.get("randomAlarm").get("f1").asDouble()).isLessThan(0.1);
    // One more failed within a day of the last reading.
    assertThat(scores.get("allFailures").get("failures").asInt()).isEqualTo(18);
    // Sensors alone warn earlier, and less surely.
    assertThat(scores.get("watch").get("recall").asDouble()).isEqualTo(1);
    assertThat(scores.get("watch").get("leadHoursMedian").asDouble()).isGreaterThanOrEqualTo(36);
    assertThat(scores.get("components").size()).isEqualTo(3);
    assertThat(out.resolve("detections.jsonl")).isNotEmptyFile();
    assertThat(Files.readAllLines(out.resolve("alarms.csv")))
        .hasSize(overall.get("alarms").asInt() + 1);
    assertThat(out.resolve("timeline.png")).isNotEmptyFile();
  }

  @Test
  void findsNearlyAllFailuresThatTheFragmentsCover() throws IOException {
    JsonNode scores = backtest(REAL_DATA);
    JsonNode overall = scores.get("overall");

    assertThat(overall.get("failures").asInt()).isGreaterThan(250);
    assertThat(overall.get("precision").asDouble()).isGreaterThanOrEqualTo(0.98);
    assertThat(overall.get("recall").asDouble()).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void findsEveryFailureFromEventsAloneAndTheSameAtAnyParallelism() throws IOException {
    Path data = linkTo("PdM_");
    Path one = folder.resolve("one");
    Path four = folder.resolve("four");

    JsonNode scores = backtest(data, "--parallelism", "1", "--out", one.toString());
    backtest(data, "--parallelism", "4", "--out", four.toString());

    assertThat(scores.get("overall").get("failures").asInt()).isEqualTo(343);
    assertThat(scores.get("overall").get("recall").asDouble()).isGreaterThanOrEqualTo(0.99);
    // Much better than the codes taken one by one.
    assertThat(scores.get("overall").get("precision").asDouble())
        .isGreaterThan(1.5 * scores.get("baseline").get("precision").asDouble());
    assertThat(four.resolve("detections.jsonl"))
        .hasSameTextualContentAs(one.resolve("detections.jsonl"));
  }

  private JsonNode backtest(Path data, String... more) throws IOException {
    Path json = folder.resolve("scores.json");
    TestConsole console = new TestConsole();
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "backtest",
                    "--data",
                    data.toString(),
                    "--format",
                    "azure-pdm",
                    "--json",
                    json.toString(),
                    "--verbose"),
                Stream.of(more))
            .toList();
    int code = console.execute(arguments);
    assertThat(code).as(console.errors()).isZero();
    assertThat(console.output()).contains("nothing refused");
    return new ObjectMapper().readTree(json.toFile());
  }

  private Path linkTo(String... prefixes) throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    try (Stream<Path> files = Files.list(REAL_DATA)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (Stream.of(prefixes).anyMatch(name::startsWith)) {
          Files.createSymbolicLink(data.resolve(name), file.toRealPath());
        }
      }
    }
    return data;
  }
}
