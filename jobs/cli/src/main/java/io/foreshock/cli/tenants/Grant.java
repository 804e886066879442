package io.foreshock.cli.tenants;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What one principal may do with one resource of Kafka, or with all whose name begins alike.
 *
 * @param user name of the principal, without {@code User:}
 * @param pattern name or beginning of names
 * @param operations what is allowed; Kafka adds Describe to Read and to Write by itself
 */
record Grant(String user, ResourcePattern pattern, Set<AclOperation> operations) {

  Grant {
    operations = EnumSet.copyOf(operations);
    if (pattern.patternType() == PatternType.PREFIXED && !pattern.name().endsWith(".")) {
      throw new IllegalArgumentException(
          "A prefix must end with a dot, or it covers other tenants: " + pattern);
    }
  }

  static Grant topic(String user, String name, AclOperation... operations) {
    return new Grant(
        user,
        new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL),
        Set.of(operations));
  }

  /** Everything whose name begins with this; the prefix ends with a dot. */
  static Grant prefixed(String user, ResourceType type, String prefix, AclOperation... operations) {
    return new Grant(
        user, new ResourcePattern(type, prefix, PatternType.PREFIXED), Set.of(operations));
  }

  static Grant group(String user, String name) {
    return new Grant(
        user,
        new ResourcePattern(ResourceType.GROUP, name, PatternType.LITERAL),
        Set.of(AclOperation.READ));
  }

  static Grant cluster(String user, AclOperation... operations) {
    return new Grant(
        user,
        new ResourcePattern(ResourceType.CLUSTER, Resource.CLUSTER_NAME, PatternType.LITERAL),
        Set.of(operations));
  }

  boolean isPrefixed() {
    return pattern.patternType() == PatternType.PREFIXED;
  }

  /** As Kafka stores it: one entry for each operation. */
  List<AclBinding> bindings(String principal) {
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    pattern,
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }
}
