package io.foreshock.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.zjsonpatch.JsonPatch;
import io.foreshock.manifests.Overlay;
import io.foreshock.manifests.OverlayCheck;
import io.foreshock.manifests.Problem;
import io.foreshock.manifests.Resource;
import io.foreshock.manifests.StrictSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each way to break the production overlay is refused, by file, field and remedy. Patches are
 * applied here, because kustomize takes more than half a second to start; {@code
 * -Dforeshock.k8s.kustomize=true} lets it render every case.
 */
class BrokenManifestsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path WORK = Path.of("target/broken");
  private static final Path PRODUCTION = Path.of("overlays/production");

  private static OverlayCheck check;

  /** One entry of {@code broken-manifests.yaml}. */
  record Broken(String name, JsonNode entry) {
    String kind() {
      return entry.at("/target/kind").asText("FlinkDeployment");
    }

    String target() {
      return entry.at("/target/name").asText("precursors");
    }

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
    Path folder = write(broken);
    boolean kustomize =
        Boolean.getBoolean("foreshock.k8s.kustomize") || broken.entry().has("rename");
    List<Problem> problems =
        check.problems(kustomize ? ProjectOverlays.render(folder) : patched(broken, folder));

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

  @ParameterizedTest
  @ValueSource(
      strings = {"last-state without high availability", "container of another name", "root"})
  void isPatchedAsKustomizeDoes(String name) throws IOException {
    Broken broken = cases().filter(b -> b.name().equals(name)).findFirst().orElseThrow();
    Path folder = write(broken);

    assertThat(patched(broken, folder).resources())
        .containsExactlyInAnyOrderElementsOf(ProjectOverlays.render(folder).resources());
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

  /** The production overlay with one resource patched. */
  private static Overlay patched(Broken broken, Path folder) {
    List<Resource> resources = new ArrayList<>();
    int hit = 0;
    for (Resource resource : ProjectOverlays.render(PRODUCTION).resources()) {
      if (resource.kind().equals(broken.kind()) && resource.name().equals(broken.target())) {
        hit++;
        resources.add(new Resource(JsonPatch.apply(broken.entry().path("patch"), resource.body())));
      } else {
        resources.add(resource);
      }
    }
    assertThat(hit).as("resources that \"%s\" breaks", broken).isOne();
    return new Overlay(folder, resources);
  }

  /** Writes an overlay over production, with the patch in a file of its own. */
  private static Path write(Broken broken) throws IOException {
    Path folder = WORK.resolve(broken.name().replaceAll("\\W+", "-"));
    Files.createDirectories(folder);
    JsonNode entry = broken.entry();
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
          .append(broken.kind())
          .append(", name: ")
          .append(broken.target())
          .append("}\n");
    }
    Files.writeString(folder.resolve("kustomization.yaml"), kustomization.toString());
    return folder;
  }
}
