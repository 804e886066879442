package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One rendered Kubernetes resource. */
public record Resource(JsonNode body) {

  public String apiVersion() {
    return body.path("apiVersion").asText();
  }

  public String kind() {
    return body.path("kind").asText();
  }

  public String name() {
    return body.at("/metadata/name").asText();
  }

  /** Empty when it has none. */
  public String namespace() {
    return body.at("/metadata/namespace").asText();
  }

  /** Value of a field as text; empty when absent. */
  public String text(String pointer) {
    return body.at(pointer).asText("");
  }

  /** Options that the resource hands to Flink, by full key. */
  public Map<String, String> flinkConfiguration() {
    Map<String, String> flat = new TreeMap<>();
    flatten("", body.at("/spec/flinkConfiguration"), flat);
    return flat;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
      if (entry.getValue().isObject()) {
        flatten(key, entry.getValue(), into);
      } else {
        into.put(key, entry.getValue().asText());
      }
    }
  }

  static boolean is(Resource resource, String... kinds) {
    return List.of(kinds).contains(resource.kind());
  }

  /** {@code FlinkDeployment precursors}. */
  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
