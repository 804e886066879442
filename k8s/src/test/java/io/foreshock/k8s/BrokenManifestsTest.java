package io.foreshock.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.foreshock.manifests.OverlayCheck;
import io.foreshock.manifests.Problem;
import io.foreshock.manifests.StrictSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to break the production overlay is refused, by file, field and remedy. */
class BrokenManifestsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path WORK = Path.of("target/broken");

  private static OverlayCheck check;

  /** One entry of {@code broken-manifests.yaml}. */
  record Broken(String name, JsonNode entry) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void loadSchemas() {
    check = ProjectOverlays.check(StrictSchemas.bundled(ProjectOverlays.LIBRARY));
  }

  @AfterAll
  static void close() {
    check.close();
  }

  static Stream<Broken> cases() throws IOException {
    JsonNode all =
        YAML.readTree(BrokenManifestsTest.class.getResourceAsStream("/broken-manifests.yaml"));
    return StreamSupport.stream(all.spliterator(), false)
        .map(entry -> new Broken(entry.path("name").asText(), entry));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRefusedWithFileFieldAndRemedy(Broken broken) throws IOException {
    List<Problem> problems = check.problems(ProjectOverlays.render(write(broken)));

    assertThat(problems)
        .as("%s", problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(broken.entry().path("field").asText());
              assertThat(problem.toString()).contains(broken.entry().path("says").asText());
              assertThat(problem.place()).contains(".yaml");
              assertThat(problem.remedy()).matches(".+[.?]");
            });
  }

  @Test
  void areManyAndEachHasWordsOfItsOwn() throws IOException {
    Set<String> words = new HashSet<>();
    cases()
        .forEach(
            broken ->
                assertThat(
                        words.add(
                            broken.entry().path("field").asText()
                                + broken.entry().path("says").asText()))
                    .as(broken.name())
                    .isTrue());
    assertThat(words).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void pointsAtTheLineOfThePatch() throws IOException {
    Broken wrong = cases().filter(b -> b.name().equals("another Flink")).findFirst().orElseThrow();

    assertThat(check.problems(ProjectOverlays.render(write(wrong))))
        .filteredOn(problem -> problem.field().equals("spec.flinkVersion"))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.place()).endsWith("broken.yaml:1"));
  }

  /** Writes an overlay over production, with the patch in a file of its own. */
  private static Path write(Broken broken) throws IOException {
    Path folder = WORK.resolve(broken.name().replaceAll("\\W+", "-"));
    Files.createDirectories(folder);
    JsonNode entry = broken.entry();
    String kind = entry.at("/target/kind").asText("FlinkDeployment");
    String name = entry.at("/target/name").asText("precursors");
    StringBuilder kustomization = new StringBuilder("resources: [../../../overlays/production]\n");
    if (entry.has("rename")) {
      kustomization.append("nameSuffix: -").append(entry.path("rename").asText()).append('\n');
    }
    if (!entry.path("patch").isEmpty()) {
      Files.writeString(
          folder.resolve("broken.yaml"),
          entry.path("patch").toString().replace("},{", "},\n{") + "\n");
      kustomization
          .append("patches:\n  - path: broken.yaml\n    target: {kind: ")
          .append(kind)
          .append(", name: ")
          .append(name)
          .append("}\n");
    }
    Files.writeString(folder.resolve("kustomization.yaml"), kustomization.toString());
    return folder;
  }
}
