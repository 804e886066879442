package io.foreshock.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks resources against the schemas of custom resource definitions as strictly as an API server
 * with field validation {@code Strict} does: a field that the schema does not name is refused.
 */
final class StrictCrdSchema {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Map<String, JsonSchema> byKind = new HashMap<>();

  StrictCrdSchema(Path crdFolder) throws IOException {
    try (Stream<Path> files = Files.list(crdFolder)) {
      for (Path file : files.toList()) {
        JsonNode crd = YAML.readTree(file.toFile());
        for (JsonNode version : crd.at("/spec/versions")) {
          ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
          ObjectNode properties = schema.withObjectProperty("properties");
          properties.putObject("apiVersion").put("type", "string");
          properties.putObject("kind").put("type", "string");
          properties.putObject("metadata").put("type", "object");
          refuseUnknownFields(schema);
          byKind.put(
              crd.at("/spec/group").asText()
                  + "/"
                  + version.get("name").asText()
                  + "/"
                  + crd.at("/spec/names/kind").asText(),
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema));
        }
      }
    }
  }

  /**
   * Problems of the resource; empty when it has none or is of a kind that no definition describes.
   */
  List<String> problems(JsonNode resource) {
    JsonSchema schema =
        byKind.get(resource.path("apiVersion").asText() + "/" + resource.path("kind").asText());
    return schema == null
        ? List.of()
        : schema.validate(resource).stream().map(message -> message.getMessage()).toList();
  }

  private static void refuseUnknownFields(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    if (schema.has("properties")) {
      schema.get("properties").forEach(StrictCrdSchema::refuseUnknownFields);
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
}
