package io.foreshock.cli;

import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.codec.PatternCodec;
import io.foreshock.model.PatternDocument;
import io.foreshock.runtime.kafka.TenantTopic;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where published patterns are, and whose. */
final class PatternTopicOptions {
  @Mixin private KafkaConnection kafka;

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
    return kafka.given();
  }

  PatternsOnTopic open() {
    kafka.servers();
    tenant();
    return PatternsOnTopic.at(kafka, topic);
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
