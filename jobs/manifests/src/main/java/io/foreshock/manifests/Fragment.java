package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one file says about some resources.
 *
 * @param file file that says it
 * @param firstLine line before the fragment's first one, for fragments inside another file
 * @param kind kind it is about; empty for all
 * @param name name before kustomize changed it; empty for all of the kind
 * @param body fields it gives
 * @param lines line of each field, relative to the fragment
 */
record Fragment(
    Path file,
    int firstLine,
    String kind,
    String name,
    JsonNode body,
    Map<FieldPath, Integer> lines) {

  /** Kustomize adds prefixes, suffixes and hashes to names. */
  boolean isAbout(Resource resource) {
    return (kind.isEmpty() || kind.equals(resource.kind()))
        && (name.isEmpty() || resource.name().contains(name));
  }

  boolean gives(FieldPath field) {
    return lines.containsKey(field);
  }

  String at(FieldPath field) {
    return file + ":" + (firstLine + lines.getOrDefault(field, 1));
  }
}
