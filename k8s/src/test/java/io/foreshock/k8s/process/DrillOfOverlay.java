package io.foreshock.k8s.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.k8s.ProjectOverlays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepares images and the rendered production overlay for a drill in a {@link Cell}, and runs it.
 */
final class DrillOfOverlay {

  private DrillOfOverlay() {}

  /**
   * Skips what this machine cannot do; in CI that is a failure.
   *
   * @param drill main class
   * @param more arguments of the drill behind the work folder
   * @return what the drill has seen
   */
  static JsonNode run(Path work, Class<?> drill, List<Path> more) throws Exception {
    need(Cell.missing());
    need(
        ImageFolder.OF_BUILD.exists()
            ? null
            : "The image's folder is not built: run mvn verify, not mvn test.");
    if (Files.exists(work)) {
      Shell.run("rm", "-r", work.toString());
    }
    Files.createDirectories(work);
    Path rendered = work.resolve("production.yaml");
    Files.writeString(rendered, ProjectOverlays.kustomize().render(Path.of("overlays/production")));
    ImageFolder image = ImageFolder.OF_BUILD.copyTo(work.resolve("images/this"));
    ImageFolder next = ImageFolder.OF_BUILD.copyTo(work.resolve("images/next"));
    next.rename("ingest", "IngestJob.java", "IngestJ2b.java");
    ImageFolder renamed = ImageFolder.OF_BUILD.copyTo(work.resolve("images/renamed"));
    renamed.rename("ingest", "order-telemetry", "order-telemetrx");
    List<String> arguments = new ArrayList<>();
    for (Path path : List.of(rendered, image.root(), next.root(), renamed.root(), work)) {
      arguments.add(path.toString());
    }
    more.forEach(path -> arguments.add(path.toAbsolutePath().toString()));
    Path log = work.resolve("drill.log");
    int code = Cell.run(log, drill, arguments);
    assertThat(code).as("%s", Files.readString(log)).isZero();
    return new ObjectMapper().readTree(work.resolve("result.json").toFile());
  }

  private static void need(String missing) {
    if (missing != null) {
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      abort(missing);
    }
  }
}
