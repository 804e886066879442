package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rung 1: checks resources against schemas as strictly as an API server with field validation
 * {@code Strict} does: a field that the schema does not name is refused.
 *
 * <p>Kinds of Flink come from the operator's custom resource definitions, kinds of Kubernetes from
 * fabric8's models. Schemas are compiled when their kind is first met.
 */
public final class StrictSchemas {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4);

  /** The newest Flink that {@link JobRules} accepts; older definitions do not list it. */
  private static final List<String> FLINK_VERSIONS = List.of("v2_0", "v2_1", "v2_2");

  private final Map<String, ObjectNode> byKind = new HashMap<>();
  private final Map<String, JsonSchema> compiled = new HashMap<>();
  private final String origin;

  private StrictSchemas(String origin) {
    this.origin = origin;
  }

  /**
   * Schemas of the operator API that the build carries. It is older than Flink 2.2: the versions of
   * Flink since are added, nothing else.
   */
  public static StrictSchemas bundled(OperatorLibrary library) {
    StrictSchemas schemas = new StrictSchemas("operator API 1.10.0, bundled");
    library.definitions().values().forEach(text -> schemas.addDefinition(text, true));
    library.kubernetesSchemas().values().forEach(schemas::addModels);
    return schemas;
  }

  /**
   * Schemas of the definitions in a folder, e.g. those of the operator that runs: {@code kubectl
   * get crd flinkdeployments.flink.apache.org -o yaml}.
   */
  public static StrictSchemas of(Path definitions, OperatorLibrary library) {
    StrictSchemas schemas = new StrictSchemas("definitions in " + definitions);
    try (Stream<Path> files = Files.list(definitions)) {
      for (Path file : files.sorted().toList()) {
        schemas.addDefinition(Files.readString(file), false);
      }
    } catch (IOException e) {
      throw new ManifestException("Cannot read definitions: " + e.getMessage(), e);
    }
    library.kubernetesSchemas().values().forEach(schemas::addModels);
    return schemas;
  }

  /** Where the schemas of Flink's kinds come from. */
  public String origin() {
    return origin;
  }

  void check(Resource resource, Findings findings) {
    String kind = resource.apiVersion() + "/" + resource.kind();
    ObjectNode schema = byKind.get(kind);
    if (schema == null) {
      findings.add(
          1,
          resource,
          FieldPath.of("kind"),
          "there is no schema of " + resource.kind() + " in " + resource.apiVersion() + ".",
          "Correct apiVersion or kind, or check its definition with --crds.");
      return;
    }
    for (ValidationMessage message :
        compiled.computeIfAbsent(kind, k -> FACTORY.getSchema(schema)).validate(resource.body())) {
      FieldPath at = location(message);
      boolean unknown = message.getType().equals("additionalProperties");
      FieldPath field = unknown ? at.child(message.getProperty()) : at;
      if (unknown) {
        String near = Nearest.to(message.getProperty(), known(schema, at));
        findings.add(
            1,
            resource,
            field,
            "is no field of " + resource.kind() + ".",
            near.isEmpty() ? "Remove it." : "Did you mean \"" + near + "\"?");
      } else {
        String text = message.getMessage().replaceFirst("^[^:]*: ", "");
        findings.add(
            1,
            resource,
            field,
            text + ", but is " + shown(field.in(resource.body())) + ".",
            "See the definition of " + resource.kind() + " (" + origin + ").");
      }
    }
  }

  private static FieldPath location(ValidationMessage message) {
    JsonNodePath path = message.getInstanceLocation();
    FieldPath at = FieldPath.of();
    for (int i = 0; i < path.getNameCount(); i++) {
      at = at.child(String.valueOf(path.getElement(i)));
    }
    return at;
  }

  /** Names of the fields that may stand at a place. */
  private static List<String> known(JsonNode root, FieldPath at) {
    JsonNode schema = resolved(root, root);
    for (String segment : at.segments()) {
      JsonNode next = schema.path("properties").path(segment);
      if (next.isMissingNode()) {
        next = schema.has("items") ? schema.path("items") : schema.path("additionalProperties");
      }
      schema = resolved(root, next);
    }
    List<String> names = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode resolved(JsonNode root, JsonNode schema) {
    return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "absent" : value.toString();
    return text.length() > 60 ? text.substring(0, 57) + "…" : text;
  }

  private void addDefinition(String text, boolean addFlinkVersions) {
    JsonNode definition;
    try {
      definition = YamlFile.YAML.readTree(text);
    } catch (IOException e) {
      throw new ManifestException("A custom resource definition is not YAML: " + e.getMessage(), e);
    }
    for (JsonNode version : definition.at("/spec/versions")) {
      ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
      ObjectNode properties = schema.withObjectProperty("properties");
      properties.putObject("apiVersion").put("type", "string");
      properties.putObject("kind").put("type", "string");
      properties.putObject("metadata").put("type", "object");
      if (addFlinkVersions
          && schema.at("/properties/spec/properties/flinkVersion/enum")
              instanceof ArrayNode known) {
        List<String> names = new ArrayList<>();
        known.forEach(name -> names.add(name.asText()));
        FLINK_VERSIONS.stream().filter(name -> !names.contains(name)).forEach(known::add);
      }
      SchemaRewriting.refuseUnknownFields(schema);
      byKind.put(
          definition.at("/spec/group").asText()
              + "/"
              + version.get("name").asText()
              + "/"
              + definition.at("/spec/names/kind").asText(),
          schema);
    }
  }

  private void addModels(String text) {
    JsonNode module;
    try {
      module = YamlFile.YAML.readTree(text);
    } catch (IOException e) {
      throw new ManifestException("A schema of Kubernetes cannot be read: " + e.getMessage(), e);
    }
    ObjectNode definitions = (ObjectNode) module.path("definitions").deepCopy();
    definitions
        .properties()
        .forEach(entry -> SchemaRewriting.ofModel(entry.getKey(), (ObjectNode) entry.getValue()));
    definitions
        .properties()
        .forEach(
            entry -> {
              JsonNode properties = entry.getValue().path("properties");
              String version = properties.at("/apiVersion/default").asText();
              String kind = properties.at("/kind/default").asText();
              if (!version.isEmpty() && !kind.isEmpty()) {
                ObjectNode schema = YamlFile.YAML.createObjectNode();
                schema.put("$ref", "#/definitions/" + entry.getKey());
                schema.set("definitions", definitions);
                byKind.putIfAbsent(version + "/" + kind, schema);
              }
            });
  }
}
