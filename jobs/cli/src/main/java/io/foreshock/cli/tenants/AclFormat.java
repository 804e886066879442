package io.foreshock.cli.tenants;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** How grants are written for those who apply them. */
enum AclFormat {
  KAFKA_ACLS_SCRIPT {
    @Override
    String write(Map<String, List<Grant>> grants, Naming naming) {
      StringBuilder script =
          new StringBuilder(
              """
              #!/bin/sh
              # Grants of Foreshock: run it with BOOTSTRAP_SERVERS=host:port COMMAND_CONFIG=admin.properties.
              # Running it again changes nothing.
              set -eu
              grant() {
                kafka-acls.sh --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config "$COMMAND_CONFIG" --add "$@"
              }
              """);
      grants.forEach(
          (user, list) -> {
            script.append("\n# ").append(user).append('\n');
            list.forEach(grant -> script.append(line(grant, naming.principal(user))).append('\n'));
          });
      return script.toString();
    }
  },
  JSON {
    @Override
    String write(Map<String, List<Grant>> grants, Naming naming) {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode root = mapper.createObjectNode();
      ArrayNode acls = root.putArray("acls");
      grants.forEach(
          (user, list) ->
              list.stream()
                  .flatMap(grant -> grant.bindings(naming.principal(user)).stream())
                  .forEach(binding -> add(acls.addObject(), binding)));
      try {
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  },
  STRIMZI {
    @Override
    String write(Map<String, List<Grant>> grants, Naming naming) {
      StringBuilder yaml = new StringBuilder();
      grants.forEach((user, list) -> yaml.append(user(user, list, naming)));
      return yaml.toString();
    }
  };

  /**
   * Names outside Foreshock.
   *
   * @param template principal with {@code {name}} in it, e.g. {@code User:CN={name}}
   * @param cluster name of the Kafka resource of Strimzi
   * @param authentication of Strimzi's users
   */
  record Naming(String template, String cluster, String authentication) {
    String principal(String user) {
      return template.replace("{name}", user);
    }
  }

  /** The whole file. */
  abstract String write(Map<String, List<Grant>> grants, Naming naming);

  private static String line(Grant grant, String principal) {
    String operations =
        grant.operations().stream()
            .map(operation -> " --operation " + word(operation))
            .collect(Collectors.joining());
    String resource =
        switch (grant.pattern().resourceType()) {
          case TOPIC -> " --topic '" + grant.pattern().name() + "'";
          case GROUP -> " --group '" + grant.pattern().name() + "'";
          case TRANSACTIONAL_ID -> " --transactional-id '" + grant.pattern().name() + "'";
          case CLUSTER -> " --cluster";
          default -> throw new IllegalArgumentException("Not granted here: " + grant);
        };
    return "grant --allow-principal '"
        + principal
        + "'"
        + operations
        + resource
        + (grant.isPrefixed() ? " --resource-pattern-type prefixed" : "");
  }

  private static void add(ObjectNode node, AclBinding binding) {
    node.put("principal", binding.entry().principal());
    node.put("host", binding.entry().host());
    node.put("permission", binding.entry().permissionType().name());
    node.put("operation", binding.entry().operation().name());
    node.put("resourceType", binding.pattern().resourceType().name());
    node.put("name", binding.pattern().name());
    node.put("patternType", binding.pattern().patternType().name());
  }

  private static String user(String user, List<Grant> grants, Naming naming) {
    StringBuilder yaml =
        new StringBuilder(
            """
            ---
            apiVersion: kafka.strimzi.io/v1
            kind: KafkaUser
            metadata:
              name: %s
              labels:
                strimzi.io/cluster: %s
            spec:
              authentication:
                type: %s
              authorization:
                type: simple
                acls:
            """
                .formatted(user, naming.cluster(), naming.authentication()));
    for (Grant grant : grants) {
      ResourceType type = grant.pattern().resourceType();
      yaml.append("      - resource:\n          type: ")
          .append(
              type == ResourceType.TRANSACTIONAL_ID
                  ? "transactionalId"
                  : type.name().toLowerCase(java.util.Locale.ROOT))
          .append('\n');
      if (type != ResourceType.CLUSTER) {
        yaml.append("          name: ").append(grant.pattern().name()).append('\n');
        yaml.append("          patternType: ")
            .append(grant.isPrefixed() ? "prefix" : "literal")
            .append('\n');
      }
      yaml.append("        operations: [")
          .append(
              grant.operations().stream().map(AclFormat::word).collect(Collectors.joining(", ")))
          .append("]\n");
    }
    return yaml.toString();
  }

  private static String word(AclOperation operation) {
    return switch (operation) {
      case READ -> "Read";
      case WRITE -> "Write";
      case DESCRIBE -> "Describe";
      case DESCRIBE_CONFIGS -> "DescribeConfigs";
      case ALTER -> "Alter";
      default -> throw new IllegalArgumentException("Not granted here: " + operation);
    };
  }
}
