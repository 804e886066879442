package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Way to a field of a resource. Segments may hold dots ({@code state.backend.type}); elements of
 * lists are numbers.
 */
record FieldPath(List<String> segments) {

  FieldPath {
    segments = List.copyOf(segments);
  }

  static FieldPath of(String... segments) {
    return new FieldPath(List.of(segments));
  }

  /** Reads a JSON pointer, e.g. {@code /spec/job/args/0}. */
  static FieldPath pointer(String pointer) {
    List<String> segments = new ArrayList<>();
    for (String part : pointer.split("/")) {
      if (!part.isEmpty()) {
        segments.add(part.replace("~1", "/").replace("~0", "~"));
      }
    }
    return new FieldPath(segments);
  }

  FieldPath child(String segment) {
    List<String> longer = new ArrayList<>(segments);
    longer.add(segment);
    return new FieldPath(longer);
  }

  FieldPath child(int index) {
    return child(String.valueOf(index));
  }

  /** The way without its last segment; itself when it has none. */
  FieldPath parent() {
    return segments.isEmpty() ? this : new FieldPath(segments.subList(0, segments.size() - 1));
  }

  boolean isRoot() {
    return segments.isEmpty();
  }

  /** What lies there; missing when nothing does. */
  JsonNode in(JsonNode root) {
    JsonNode node = root;
    for (String segment : segments) {
      node =
          node.isArray() && segment.matches("\\d+")
              ? node.path(Integer.parseInt(segment))
              : node.path(segment);
    }
    return node;
  }

  /** For people: {@code spec.flinkConfiguration."state.backend.type"}. */
  @Override
  public String toString() {
    return segments.stream()
        .map(part -> part.contains(".") ? '"' + part + '"' : part)
        .collect(Collectors.joining("."));
  }
}
