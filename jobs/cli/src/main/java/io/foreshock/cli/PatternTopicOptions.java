package io.foreshock.cli;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.PatternDocument;
import io.foreshock.runtime.kafka.TenantTopic;
import picocli.CommandLine.Option;

/** Where published patterns are, and whose. */
final class PatternTopicOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers of the installation.")
  private String servers;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = PatternCodec.TOPIC,
      description = "Topic of patterns (default: ${DEFAULT-VALUE}).")
  private String topic;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      defaultValue = "",
      description = "The tenant's own pattern (default: the one for every tenant).")
  private String tenant;

  boolean given() {
    return servers != null;
  }

  PatternsOnTopic open() {
    if (servers == null) {
      throw CliFailure.wrongInput(
          "--bootstrap-servers is missing. Name a Kafka broker, e.g. broker-1:9092.");
    }
    tenant();
    return PatternsOnTopic.at(servers, topic);
  }

  String tenant() {
    if (!tenant.isEmpty() && !TenantTopic.isTenant(tenant)) {
      throw CliFailure.wrongInput(
          "--tenant must be lower case letters, digits and dashes, but is \"" + tenant + "\".");
    }
    return tenant;
  }

  String key(String name) {
    return PatternDocument.key(tenant(), name);
  }
}
