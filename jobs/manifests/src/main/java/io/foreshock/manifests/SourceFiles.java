package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files that an overlay is made of, in the order in which kustomize applies them: finds where a
 * field of a rendered resource was given.
 *
 * <p>A rendered field does not say where it came from. The last file that gives this field to this
 * resource is named; where none does, the file that declares the resource.
 */
final class SourceFiles {
  private static final List<String> NAMES =
      List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

  private final Path overlay;
  private final List<Fragment> fragments = new ArrayList<>();
  private final Set<Path> visited = new HashSet<>();

  private SourceFiles(Path overlay) {
    this.overlay = overlay;
  }

  /**
   * Reads an overlay and all it refers to on this machine. What cannot be read is left out: saying
   * so is kustomize's business.
   */
  static SourceFiles of(Path overlay) {
    SourceFiles sources = new SourceFiles(overlay);
    sources.folder(overlay.normalize());
    return sources;
  }

  /** File and line of a field; the overlay's folder when no file is about the resource. */
  String place(Resource resource, FieldPath field) {
    List<Fragment> about = fragments.stream().filter(f -> f.isAbout(resource)).toList();
    for (FieldPath path = field; !path.isRoot(); path = path.parent()) {
      for (int i = about.size() - 1; i >= 0; i--) {
        if (about.get(i).gives(path)) {
          return about.get(i).at(path);
        }
      }
    }
    return about.isEmpty() ? overlay.toString() : about.get(0).file().toString();
  }

  private void folder(Path folder) {
    Path file =
        NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst().orElse(null);
    if (file == null || !visited.add(file)) {
      return;
    }
    for (YamlFile.Document kustomization : documents(file)) {
      JsonNode body = kustomization.body();
      for (String list : List.of("resources", "bases", "components")) {
        body.path(list).forEach(entry -> resource(folder.resolve(entry.asText()).normalize()));
      }
      for (String list : List.of("configMapGenerator", "secretGenerator")) {
        body.path(list).forEach(entry -> generator(folder, entry));
      }
      body.path("patchesStrategicMerge")
          .forEach(entry -> mergePatch(folder.resolve(entry.asText()).normalize()));
      patches(folder, file, kustomization, "patches");
      patches(folder, file, kustomization, "patchesJson6902");
    }
  }

  private void resource(Path path) {
    if (Files.isDirectory(path)) {
      folder(path);
    } else {
      for (YamlFile.Document document : documents(path)) {
        fragments.add(declared(path, document));
      }
    }
  }

  private void mergePatch(Path file) {
    for (YamlFile.Document document : documents(file)) {
      fragments.add(declared(file, document));
    }
  }

  private static Fragment declared(Path file, YamlFile.Document document) {
    JsonNode body = document.body();
    return new Fragment(
        file,
        0,
        body.path("kind").asText(),
        body.at("/metadata/name").asText(),
        body,
        document.lines());
  }

  /** A generated ConfigMap: each key is a file. */
  private void generator(Path folder, JsonNode entry) {
    for (JsonNode file : entry.path("files")) {
      String[] pair = file.asText().split("=", 2);
      Path path = folder.resolve(pair[pair.length - 1]).normalize();
      String key = pair.length == 2 ? pair[0] : String.valueOf(path.getFileName());
      fragments.add(
          new Fragment(
              path,
              0,
              "",
              entry.path("name").asText(),
              YamlFile.YAML.createObjectNode(),
              Map.of(FieldPath.of("data", key), 1)));
    }
  }

  private void patches(Path folder, Path file, YamlFile.Document kustomization, String list) {
    JsonNode patches = kustomization.body().path(list);
    for (int i = 0; i < patches.size(); i++) {
      JsonNode patch = patches.get(i);
      String kind = patch.at("/target/kind").asText();
      String name = patch.at("/target/name").asText();
      if (patch.has("path")) {
        Path other = folder.resolve(patch.path("path").asText()).normalize();
        documents(other).forEach(document -> patch(other, 0, kind, name, document));
      } else {
        FieldPath inline = FieldPath.of(list).child(i).child("patch");
        int line = kustomization.lines().getOrDefault(inline, 0);
        try {
          YamlFile.read(patch.path("patch").asText())
              .forEach(document -> patch(file, line, kind, name, document));
        } catch (IOException notYaml) {
          // Kustomize says so when it renders.
        }
      }
    }
  }

  private void patch(Path file, int line, String kind, String name, YamlFile.Document document) {
    if (document.body().isArray()) {
      operations(file, line, kind, name, document);
      return;
    }
    boolean targeted = !kind.isEmpty() || !name.isEmpty();
    Fragment own = declared(file, document);
    fragments.add(
        new Fragment(
            file,
            line,
            targeted ? kind : own.kind(),
            targeted ? name : own.name(),
            own.body(),
            own.lines()));
  }

  /** A list of JSON patch operations: the fields that they set. */
  private void operations(
      Path file, int line, String kind, String name, YamlFile.Document document) {
    Map<FieldPath, Integer> lines = new HashMap<>();
    for (int i = 0; i < document.body().size(); i++) {
      FieldPath target = FieldPath.pointer(document.body().get(i).path("path").asText());
      FieldPath operation = FieldPath.of().child(i);
      FieldPath value = operation.child("value");
      lines.put(target, document.lines().getOrDefault(operation, 1));
      document
          .lines()
          .forEach(
              (path, at) -> {
                int depth = value.segments().size();
                if (path.segments().size() > depth
                    && path.segments().subList(0, depth).equals(value.segments())) {
                  FieldPath field = target;
                  for (String segment : path.segments().subList(depth, path.segments().size())) {
                    field = field.child(segment);
                  }
                  lines.put(field, at);
                }
              });
    }
    fragments.add(new Fragment(file, line, kind, name, document.body(), lines));
  }

  private static List<YamlFile.Document> documents(Path file) {
    try {
      return YamlFile.read(Files.readString(file));
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
