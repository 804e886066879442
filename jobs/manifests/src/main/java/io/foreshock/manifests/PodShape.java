package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The pods that a deployment leads to: the common template with the one of a role laid over it, as
 * the operator does with {@code kubernetes.operator.pod-template.merge-arrays-by-name}.
 */
public final class PodShape {
  static final String MAIN_CONTAINER = "flink-main-container";

  private PodShape() {}

  /**
   * Template of a role.
   *
   * @param role {@code jobManager} or {@code taskManager}
   */
  public static ObjectNode of(Resource deployment, String role) {
    JsonNode common = deployment.body().at("/spec/podTemplate");
    ObjectNode merged = common.isObject() ? common.deepCopy() : YamlFile.YAML.createObjectNode();
    JsonNode own = deployment.body().at("/spec/" + role + "/podTemplate");
    if (own.isObject()) {
      merge(merged, own);
    }
    return merged;
  }

  /** Flink's container; missing when the template has none of its name. */
  static JsonNode mainContainer(JsonNode template) {
    for (JsonNode container : template.at("/spec/containers")) {
      if (container.path("name").asText().equals(MAIN_CONTAINER)) {
        return container;
      }
    }
    return YamlFile.YAML.missingNode();
  }

  private static void merge(ObjectNode into, JsonNode over) {
    over.properties()
        .forEach(
            entry -> {
              JsonNode before = into.get(entry.getKey());
              JsonNode value = entry.getValue();
              if (before instanceof ObjectNode object && value.isObject()) {
                merge(object, value);
              } else if (before instanceof ArrayNode array && value.isArray()) {
                mergeByName(array, value);
              } else {
                into.set(entry.getKey(), value.deepCopy());
              }
            });
  }

  private static void mergeByName(ArrayNode into, JsonNode over) {
    for (JsonNode element : over) {
      JsonNode same = null;
      for (JsonNode candidate : into) {
        if (element.has("name") && element.get("name").equals(candidate.get("name"))) {
          same = candidate;
        }
      }
      if (same instanceof ObjectNode object) {
        merge(object, element);
      } else {
        into.add(element.deepCopy());
      }
    }
  }
}
