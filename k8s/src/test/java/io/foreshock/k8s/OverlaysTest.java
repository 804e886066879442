package io.foreshock.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshock.manifests.Overlay;
import io.foreshock.manifests.OverlayCheck;
import io.foreshock.manifests.Resource;
import io.foreshock.manifests.StrictSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What we ship is what we demand. */
class OverlaysTest {
  /** Definitions of operator 1.15.0; not part of this project. */
  private static final Path CRDS =
      Path.of(System.getProperty("foreshock.crds", "../../shared/k8s-crds"));

  @Test
  void everyOverlayIsAccepted() {
    try (OverlayCheck check =
        ProjectOverlays.check(StrictSchemas.bundled(ProjectOverlays.LIBRARY))) {
      assertThat(ProjectOverlays.folders()).hasSizeGreaterThanOrEqualTo(5);
      for (Path folder : ProjectOverlays.folders()) {
        Overlay overlay = ProjectOverlays.render(folder);
        assertThat(overlay.flinkDeployments()).as("%s", folder).isNotEmpty();
        assertThat(check.problems(overlay)).as("%s", folder).isEmpty();
      }
    }
  }

  @Test
  void everyOverlayFitsTheDefinitionsOfTheNewestOperator() {
    assumeTrue(
        Files.isDirectory(CRDS),
        "The definitions of the operator are not in "
            + CRDS
            + "; name them with -Dforeshock.crds.");
    try (OverlayCheck check =
        ProjectOverlays.check(StrictSchemas.of(CRDS, ProjectOverlays.LIBRARY))) {
      for (Path folder : ProjectOverlays.folders()) {
        assertThat(check.problems(ProjectOverlays.render(folder))).as("%s", folder).isEmpty();
      }
    }
  }

  @Test
  void everyJobHasAllThatTheOthersHave() throws IOException {
    try (Stream<Path> jobs = Files.list(Path.of("base"))) {
      List<Path> folders = jobs.sorted().toList();
      Map<String, String> first = normalized(folders.get(0));
      for (Path folder : folders) {
        Map<String, String> files = normalized(folder);
        assertThat(files.keySet())
            .containsExactlyInAnyOrder(
                "access.yaml",
                "availability.yaml",
                "flink-deployment.yaml",
                "kustomization.yaml",
                "network.yaml",
                "options.yaml");
        for (String same :
            List.of("access.yaml", "availability.yaml", "kustomization.yaml", "network.yaml")) {
          assertThat(files.get(same)).as("%s of %s", same, folder).isEqualTo(first.get(same));
        }
      }
    }
  }

  @Test
  void everyOverlayDeploysEveryJobOnce() throws IOException {
    try (Stream<Path> jobs = Files.list(Path.of("base"))) {
      List<String> names = jobs.map(job -> job.getFileName().toString()).sorted().toList();
      for (Path folder : ProjectOverlays.folders()) {
        assertThat(ProjectOverlays.render(folder).flinkDeployments())
            .as("%s", folder)
            .extracting(d -> d.text("/spec/podTemplate/metadata/labels/foreshock.io~1job"))
            .containsExactlyInAnyOrderElementsOf(names);
      }
    }
  }

  @Test
  void theAlertPathTakesNoPeriodicSavepoints() {
    for (Path folder : ProjectOverlays.folders()) {
      for (Resource deployment : ProjectOverlays.render(folder).flinkDeployments()) {
        boolean alertPath =
            List.of("precursors", "alerts").stream().anyMatch(deployment.name()::startsWith);
        assertThat(
                deployment
                    .flinkConfiguration()
                    .containsKey("kubernetes.operator.periodic.savepoint.interval"))
            .as("%s in %s", deployment, folder)
            .isNotEqualTo(alertPath);
      }
    }
  }

  @Test
  void changedOptionsAreAChangedDeployment() {
    for (Resource deployment :
        ProjectOverlays.render(Path.of("overlays/production")).flinkDeployments()) {
      assertThat(deployment.body().at("/spec/podTemplate/spec/volumes").toString())
          .containsPattern("-options-[a-z0-9]{10}\"");
    }
  }

  private static Map<String, String> normalized(Path folder) throws IOException {
    Map<String, String> texts = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        texts.put(
            file.getFileName().toString(),
            Files.readString(file).replace(folder.getFileName().toString(), "JOB"));
      }
    }
    return texts;
  }
}
