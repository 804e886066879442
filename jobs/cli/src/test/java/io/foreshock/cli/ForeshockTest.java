package io.foreshock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeshockTest {
  private final TestConsole console = new TestConsole();

  @TempDir private Path folder;

  @BeforeEach
  void writeRecording() throws IOException {
    Files.writeString(
        folder.resolve("PdM_errors.csv"),
        "datetime,machineID,errorID\n2015-01-03 07:00:00,1,error1\n");
    Files.writeString(
        folder.resolve("PdM_failures.csv"),
        "datetime,machineID,failure\n2015-01-04 07:00:00,1,comp1\n");
  }

  @Test
  void printsVersions() {
    assertThat(run("version")).isZero();
    assertThat(console.output()).contains("foreshock 0.").contains("Flink 2.").contains("Java 17");
  }

  @Test
  void asksForACommand() {
    refuses("A command is missing.");
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    assertThat(run("versoin")).isEqualTo(2);
    assertThat(console.errors()).contains("version");
  }

  @Test
  void refusesAnUnknownOption() {
    assertThat(run("backtest", "--data", ".", "--format", "azure-pdm", "--machine", "1"))
        .isEqualTo(2);
    assertThat(console.errors()).contains("--machine");
    hasNoStackTrace();
  }

  @Test
  void refusesAnUnknownFormat() {
    assertThat(run("backtest", "--data", folder.toString(), "--format", "csv")).isEqualTo(2);
    assertThat(console.errors())
        .contains("There is no data set \"csv\". Known: ")
        .contains("azure-pdm");
    hasNoStackTrace();
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    refuses(
        "There is no folder nowhere.", "backtest", "--data", "nowhere", "--format", "azure-pdm");
  }

  @Test
  void refusesMachinesThatAreNoNumbers() {
    refuses(
        "--machines takes numbers and ranges like 1-10,21, but \"one\" is neither.",
        backtest("--machines", "one"));
  }

  @Test
  void refusesAPatternFileThatIsNotThere() {
    refuses("There is no pattern file nowhere.yaml.", backtest("--patterns", "nowhere.yaml"));
  }

  @Test
  void namesEveryProblemOfAPatternFile() throws IOException {
    Path file = folder.resolve("broken.yaml");
    Files.writeString(
        file,
        """
        pattern: broken
        version: 1
        sequence:
          - {stage: code, when: 'fault.cod == "error1"'}
        detection: {component: comp1, failureMode: failure, severity: fatal, horizon: 24h}
        """);

    assertThat(run(backtest("--patterns", file.toString()))).isEqualTo(2);
    assertThat(console.errors())
        .contains("The patterns cannot run:")
        .contains("within")
        .contains("fatal");
    hasNoStackTrace();
  }

  @Test
  void checksPatternFilesWithoutRunningThem() throws IOException {
    Path good = folder.resolve("good.yaml");
    Files.writeString(
        good,
        """
        pattern: hot-pump
        version: 1
        appliesTo: {assetClass: pump}
        symptoms:
          hot: {detector: threshold, channel: bearing_temperature_c, above: 90 °C, clearBelow: 80 °C}
        sequence:
          - {stage: hot, when: 'symptom == "hot"'}
        within: 1h
        detection: {component: bearing, failureMode: overheating, severity: warning, horizon: 24h}
        """);
    assertThat(run("patterns", "check", good.toString())).isZero();
    assertThat(console.output()).contains("good.yaml: 1 pattern, no problem");

    Path bad = folder.resolve("bad.yaml");
    Files.writeString(bad, Files.readString(good).replace("bearing_temperature_c", "warmth_c"));
    assertThat(run("patterns", "check", good.toString(), bad.toString())).isEqualTo(2);
    assertThat(console.errors()).contains("bad.yaml").contains("warmth_c").contains("1 problem.");
    hasNoStackTrace();
  }

  @Test
  void asksWhichBenchmark() {
    refuses("A command is missing: cep, ingest, features, latency, state or hot-loop.", "bench");
  }

  @Test
  void neverHasEsperOnItsClassPath() {
    assertThat(System.getProperty("java.class.path")).doesNotContain("esper");
  }

  @Test
  void listsTheCatalogue() {
    assertThat(run("patterns", "list")).isZero();
    assertThat(console.output()).contains("bearing-wear").contains("pump-cavitation");
  }

  @Test
  void refusesToCheckAFileThatIsNotThere() {
    refuses("There is no file nowhere.yaml.", "patterns", "check", "nowhere.yaml");
  }

  @Test
  void asksWhatToDoWithPatterns() {
    refuses(
        "A command is missing: check, publish, list, diff, remove, pause, resume or trace.",
        "patterns");
  }

  @Test
  void asksWhatToDoWithManifests() {
    refuses("A command is missing: check.", "k8s");
  }

  @Test
  void refusesADemoOfNothing() {
    refuses("--assets must lie between 3 and 20000, but is 0.", "demo", "--assets", "0");
  }

  @Test
  void namesEveryOptionThatTheBridgeLacks() {
    assertThat(run("mqtt-bridge", "-D", "mqtt.ulr=mqtt://plant")).isEqualTo(2);
    assertThat(console.errors())
        .contains("The MQTT bridge cannot start:")
        .contains("Unknown option \"mqtt.ulr\" (command line). Did you mean \"mqtt.url\"?")
        .contains("mqtt.client-id is required")
        .contains("kafka.bootstrap-servers is required");
    hasNoStackTrace();
  }

  private String[] backtest(String option, String value) {
    return new String[] {
      "backtest", "--data", folder.toString(), "--format", "azure-pdm", option, value
    };
  }

  private void refuses(String message, String... arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(console.errors()).contains("foreshock: " + message);
    hasNoStackTrace();
  }

  private void hasNoStackTrace() {
    assertThat(console.errors()).doesNotContain("\tat ").doesNotContain("Exception");
  }

  private int run(String... arguments) {
    return console.execute(List.of(arguments));
  }
}
