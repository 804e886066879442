package io.foreshock.cli.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.cli.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommandTest {
  private static final String SET =
      """
      featureSet: pump-condition
      version: 1
      description: Condition of a pump
      every: 5 min
      features:
        vibration:
          channel: vibration_rms_mm_s
          aggregates: [mean, time-above]
          above: 4.5 mm/s
          windows: [1h, 24h]
          group: vibration
          description: Vibration of the "housing"
      """;

  private final TestConsole console = new TestConsole();

  @TempDir private Path folder;

  @Test
  void checksTheCatalogue() {
    assertThat(run("check")).isZero();
    assertThat(console.output()).containsPattern("catalogue: \\d+ feature sets, \\d+ features, no");
  }

  @Test
  void saysEverythingThatIsWrongInOneAnswer() throws IOException {
    Path wrong =
        write(
            "wrong.yaml",
            SET.replace("vibration_rms_mm_s", "vibration_rms_mm")
                .replace("every: 5 min", "every: 5"));
    Path twice = write("twice.yaml", SET);
    write("again.yaml", SET);

    assertThat(run("check", wrong.toString(), twice.toString(), folder + "/again.yaml"))
        .isEqualTo(2);
    assertThat(console.errors())
        .contains("wrong.yaml:4: ")
        .contains("wrong.yaml:7: ")
        .contains("Did you mean \"vibration_rms_mm_s\"?")
        .contains("again.yaml:1: Feature set \"pump-condition\" is defined in")
        .contains(" problems.");
  }

  @Test
  void saysWhatAChangeBreaks() throws IOException {
    Path old = folder.resolve("published");
    assertThat(run("schema", write("old.yaml", SET).toString(), "--out", old.toString())).isZero();
    Path added =
        write("new.yaml", SET.replace("version: 1", "version: 2").replace("[mean,", "[mean, max,"));
    Path json = folder.resolve("check.json");

    assertThat(run("check", added.toString(), "--against", old.toString())).isZero();
    assertThat(console.output())
        .contains(
            "compatible  vibration_max_1h is added: readers of the old version do not see it");

    Path stricter =
        write("stricter.yaml", SET.replace("version: 1", "version: 2").replace("4.5", "7.1"));
    assertThat(run("check", stricter.toString(), "--against", old.toString(), "--json", json + ""))
        .isEqualTo(1);
    assertThat(console.output())
        .contains(
            "breaks      vibration_time_above_1h has another aggregate, \"time-above 7.1\" instead of \"time-above 4.5\"")
        .contains("2 changes would break somebody.");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.path("breaks").asInt()).isEqualTo(2);
    assertThat(report.path("sets").get(0).path("changes").get(0).path("kind").asText())
        .isEqualTo("breaks");
  }

  @Test
  void comparesWithTheNewestOfSeveralVersions() throws IOException {
    Path published = folder.resolve("published");
    String second = SET.replace("version: 1", "version: 2").replace("[mean,", "[mean, max,");
    run("schema", write("v1.yaml", SET).toString(), "--out", published.toString());
    run("schema", write("v2.yaml", second).toString(), "--out", published.toString());

    assertThat(published).isDirectoryContaining("glob:**/pump-condition-v1.avsc");
    assertThat(run("check", folder + "/v2.yaml", "--against", published.toString())).isZero();
    assertThat(console.output()).contains("pump-condition: same");
  }

  @Test
  void refusesToCompareWithSomethingElse() throws IOException {
    Path set = write("set.yaml", SET);
    Path other = write("other.avsc", "{\"type\":\"record\",\"name\":\"X\",\"fields\":[]}");

    assertThat(run("check", set.toString(), "--against", other.toString())).isEqualTo(2);
    assertThat(console.errors()).contains("is a schema, but not of a feature set");
    assertThat(run("check", set.toString(), "--against", folder + "/gone")).isEqualTo(2);
    assertThat(console.errors()).contains("There is no file").contains("gone to compare with.");
  }

  @Test
  void printsOneSchema() {
    assertThat(run("schema", "--set", "pump-condition")).isZero();
    Schema schema = new Schema.Parser().parse(console.output());
    assertThat(schema.getFields()).allSatisfy(field -> assertThat(field.doc()).isNotBlank());
    assertThat(run("schema", "--set", "pumps")).isEqualTo(2);
    assertThat(console.errors()).contains("There is no feature set pumps, only pump-condition,");
  }

  /** Structure only: a repository that Feast loads is tried by hand, see RATIONALE.md. */
  @Test
  void writesAFeastRepositoryThatIsPython() throws Exception {
    Path repository = folder.resolve("feast");
    Path set = write("set.yaml", SET);
    assertThat(run("feast", set.toString(), "--out", repository.toString(), "--tenant", "plant-7"))
        .isZero();

    assertThat(repository.resolve("feature_store.yaml"))
        .content()
        .contains("project: foreshock_plant_7\n");
    assertThat(repository.resolve("features.py"))
        .content()
        .contains("join_keys=[\"asset_id\"]")
        .contains("timestamp_field=\"known_at\"")
        .contains("ttl=timedelta(hours=24)")
        .contains(
            "Field(name=\"vibration_mean_1h\", dtype=Float64, description=\"Vibration of the \\\"housing\\\": mean over 1h\", tags={\"unit\": \"mm/s\", \"group\": \"vibration\"}),")
        .contains("pump_condition_vibration = FeatureService(");
    assertThat(repository.resolve("schemas/pump-condition-v1.avsc")).exists();
    assertThat(repository.resolve(".feastignore")).content().contains("push.py");
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "No Python here.");
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/python3",
                "-c",
                "import ast, sys\nfor f in sys.argv[1:]: ast.parse(open(f).read(), f)"));
    try (Stream<Path> files = Files.list(repository)) {
      files.map(Path::toString).filter(file -> file.endsWith(".py")).forEach(command::add);
    }
    Process python = new ProcessBuilder(command).inheritIO().start();
    assertThat(python.waitFor()).isZero();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("features"));
    all.addAll(List.of(arguments));
    return console.execute(all);
  }
}
