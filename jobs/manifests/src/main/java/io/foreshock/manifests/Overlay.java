package io.foreshock.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A rendered overlay: all its resources together. */
public record Overlay(Path folder, List<Resource> resources) {

  /**
   * Renders a folder with a kustomization.
   *
   * @throws ManifestException when there is none, or kustomize refuses it
   */
  public static Overlay render(Kustomize kustomize, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ManifestException(
          "There is no folder " + folder + ". Name a folder with a kustomization.yaml.");
    }
    return of(folder, kustomize.render(folder));
  }

  /**
   * Reads what kustomize has rendered.
   *
   * @param folder where it was rendered from
   */
  public static Overlay of(Path folder, String rendered) {
    try {
      return new Overlay(folder, YamlFile.documents(rendered).stream().map(Resource::new).toList());
    } catch (IOException e) {
      throw new ManifestException("What was rendered from " + folder + " is not YAML: " + e, e);
    }
  }

  /** Resources of a kind. */
  public List<Resource> ofKind(String kind) {
    return resources.stream().filter(resource -> resource.kind().equals(kind)).toList();
  }

  /** The resource of a kind and name in the same namespace as another one. */
  Optional<Resource> find(String kind, String name, Resource beside) {
    return ofKind(kind).stream()
        .filter(resource -> resource.name().equals(name))
        .filter(resource -> resource.namespace().equals(beside.namespace()))
        .findFirst();
  }

  /** Deployments of Flink, also those inside blue/green deployments. */
  public List<Resource> flinkDeployments() {
    return ofKind("FlinkDeployment");
  }
}
