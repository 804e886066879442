package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Turns schemas as Kubernetes and fabric8 write them into strict ones of JSON Schema. */
final class SchemaRewriting {

  private SchemaRewriting() {}

  /** For structural schemas of custom resource definitions. */
  static void refuseUnknownFields(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    if (schema.has("properties")) {
      schema.get("properties").forEach(SchemaRewriting::refuseUnknownFields);
      if (!schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
          && !schema.has("additionalProperties")) {
        schema.put("additionalProperties", false);
      }
    }
    if (schema.has("items")) {
      refuseUnknownFields(schema.get("items"));
    }
    if (schema.path("additionalProperties").isObject()) {
      refuseUnknownFields(schema.get("additionalProperties"));
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      schema.remove(List.of("type", "anyOf"));
      schema.putArray("type").add("integer").add("string");
    } else if (schema.path("nullable").asBoolean() && schema.path("type").isTextual()) {
      String type = schema.get("type").asText();
      schema.remove("type");
      schema.putArray("type").add(type).add("null");
    }
  }

  /** For one of fabric8's models, where types with a form of their own look like objects. */
  static void ofModel(String name, ObjectNode model) {
    if (name.endsWith("_IntOrString")) {
      becomes(model, "integer", "string");
    } else if (name.endsWith("_Quantity")) {
      becomes(model, "string", "number");
    } else if (name.endsWith("Time")) {
      becomes(model, "string", "null");
    } else if (!model.has("serializer") && model.path("properties").size() > 0) {
      model.put("additionalProperties", false);
    }
    // Written for a generator of classes, in another dialect.
    model
        .path("properties")
        .forEach(
            property -> {
              if (property instanceof ObjectNode object) {
                object.remove(List.of("required", "default$", "existingJavaType", "javaOmitEmpty"));
              }
            });
  }

  private static void becomes(ObjectNode model, String first, String second) {
    model.removeAll();
    model.putArray("type").add(first).add(second);
  }
}
