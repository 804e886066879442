package io.foreshock.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/** Whether topics and brokers are configured as a job needs them, as far as it may ask. */
final class BrokerChecks {
  private final Admin admin;
  private final KafkaConfig config;
  private final Consumer<String> warnings;
  private final List<String> problems;

  /**
   * @param warnings told what could not be checked
   * @param problems receives what keeps the job from running
   */
  BrokerChecks(Admin admin, KafkaConfig config, Consumer<String> warnings, List<String> problems) {
    this.admin = admin;
    this.config = config;
    this.warnings = warnings;
    this.problems = problems;
  }

  /** That topics exist and keep the last record of each key for ever. */
  void compacted(Set<String> existing, Collection<String> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    for (String topic : topics) {
      if (!existing.contains(topic)) {
        problems.add(
            "Topic \""
                + topic
                + "\" does not exist on "
                + config.bootstrapServers()
                + ". Create it with cleanup.policy=compact, or grant this job Describe on it.");
        continue;
      }
      ConfigEntry policy =
          entry(new ConfigResource(ConfigResource.Type.TOPIC, topic), "cleanup.policy");
      if (policy != null && !"compact".equals(policy.value())) {
        problems.add(
            "Topic \""
                + topic
                + "\" has cleanup.policy="
                + policy.value()
                + ", so what was published would be forgotten. Set cleanup.policy=compact on it.");
      }
    }
  }

  /** That transactions may last as long as configured. */
  void transactionTimeout(Node broker)
      throws ExecutionException, TimeoutException, InterruptedException {
    ConfigEntry limit =
        entry(
            new ConfigResource(ConfigResource.Type.BROKER, broker.idString()),
            "transaction.max.timeout.ms");
    if (limit == null) {
      warnings.accept(
          "Not checked whether kafka.transaction-timeout is allowed: this job may not describe the brokers'"
              + " configuration.");
      return;
    }
    Duration longest = Duration.ofMillis(Long.parseLong(limit.value()));
    if (config.transactionTimeout().compareTo(longest) > 0) {
      problems.add(
          "kafka.transaction-timeout is "
              + config.transactionTimeout().toSeconds()
              + " s, but the brokers allow at most "
              + longest.toSeconds()
              + " s (transaction.max.timeout.ms). Lower the option, or raise the brokers' limit.");
    }
  }

  /** Null when there is none, or the job may not ask. */
  private ConfigEntry entry(ConfigResource resource, String name)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return admin
          .describeConfigs(List.of(resource))
          .all()
          .get(config.checkTimeout().toMillis(), TimeUnit.MILLISECONDS)
          .get(resource)
          .get(name);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return null;
      }
      throw e;
    }
  }
}
