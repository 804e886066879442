package io.foreshock.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.foreshock.precursors.PrecursorsOptions;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path CRDS = Path.of("../../shared/k8s-crds");

  @Test
  void everyKustomizationListsTheFilesBesideIt() throws IOException {
    for (Path kustomization : files("kustomization.yaml")) {
      List<String> listed = new ArrayList<>();
      YAML.readTree(kustomization.toFile())
          .get("resources")
          .forEach(name -> listed.add(name.asText()));
      try (Stream<Path> beside = Files.list(kustomization.getParent())) {
        assertThat(beside.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrderElementsOf(
                Stream.concat(listed.stream(), Stream.of("kustomization.yaml")).toList());
      }
    }
  }

  @Test
  void entryClassesExistAndHaveMainMethods() throws IOException {
    for (JsonNode deployment : flinkDeployments()) {
      String entryClass = deployment.at("/spec/job/entryClass").asText();
      assertThatCode(() -> Class.forName(entryClass).getMethod("main", String[].class))
          .as("entryClass %s", entryClass)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theJobAcceptsItsOptions(@TempDir Path folder) throws IOException {
    JsonNode configMap = YAML.readTree(Path.of("base/precursors/options.yaml").toFile());
    Path options = folder.resolve("precursors.yaml");
    Files.writeString(options, configMap.at("/data/precursors.yaml").asText());
    assertThatCode(
            () ->
                Settings.read(
                    PrecursorsOptions.ALL,
                    CommandLine.parse(new String[] {"--config", options.toString()})))
        .doesNotThrowAnyException();
  }

  @Test
  void deploymentsFitTheOperatorsSchemaWithoutUnknownFields() throws IOException {
    assumeTrue(
        Files.isDirectory(CRDS),
        "The CRDs of the Flink Kubernetes Operator are not beside this checkout.");
    StrictCrdSchema schema = new StrictCrdSchema(CRDS);
    for (JsonNode deployment : flinkDeployments()) {
      assertThat(schema.problems(deployment)).isEmpty();
    }
  }

  @Test
  void aMisspelledFieldIsRefused() throws IOException {
    assumeTrue(
        Files.isDirectory(CRDS),
        "The CRDs of the Flink Kubernetes Operator are not beside this checkout.");
    ObjectNode broken = flinkDeployments().get(0).deepCopy();
    ((ObjectNode) broken.get("spec").get("job")).put("upgradeMood", "savepoint");
    assertThat(new StrictCrdSchema(CRDS).problems(broken))
        .singleElement()
        .asString()
        .contains("upgradeMood");
  }

  private static List<JsonNode> flinkDeployments() throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (Path file : files("flink-deployment.yaml")) {
      found.add(YAML.readTree(file.toFile()));
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  private static List<Path> files(String name) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("base"))) {
      return all.filter(file -> file.getFileName().toString().equals(name)).sorted().toList();
    }
  }
}
