package io.foreshock.runtime.kafka;

import io.foreshock.operators.LogSubject;
import io.foreshock.runtime.kafka.TenantTopics.Found;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetIdentifierProvider;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that are read: those of tenants whose output topics exist and whose raw topic, where
 * that is what is read, carries the append time. Another tenant is left out, and its data wait in
 * Kafka: a sink that cannot find its topic fails the job for every tenant, and devices that set the
 * ingest clock move it for every tenant. Asked once at start and then each {@code
 * source.discovery-interval}.
 *
 * <p>With {@code topics.create} what is missing is created.
 */
final class ServedTenants implements KafkaSubscriber, KafkaDatasetIdentifierProvider {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ServedTenants.class);

  private final TenantTopics topics;

  private transient Set<TopicPartition> known;
  private transient String said;

  ServedTenants(TenantTopics topics) {
    this.topics = topics;
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    try {
      known = find(admin);
    } catch (ExecutionException e) {
      // What was found before is served on: the next look is soon, a restart helps nobody.
      if (known == null || !(e.getCause() instanceof RetriableException)) {
        throw new IllegalStateException(
            "Kafka does not say which topics there are: " + e.getCause().getMessage(), e);
      }
      LOG.warn("Looked for new tenants in vain, next time again: {}", e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while looking for topics.", e);
    }
    return known;
  }

  private Set<TopicPartition> find(AdminClient admin)
      throws ExecutionException, InterruptedException {
    Set<String> accepted =
        known == null
            ? Set.of()
            : known.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    Found found = topics.find(admin, accepted);
    report(found);
    Set<TopicPartition> partitions = new HashSet<>();
    new TreeMap<>(found.partitions())
        .forEach(
            (topic, count) -> {
              for (int partition = 0; partition < count; partition++) {
                partitions.add(new TopicPartition(topic, partition));
              }
            });
    return partitions;
  }

  /** Says it when it changes, not each time. */
  private void report(Found found) {
    String now = found.toString();
    if (now.equals(said)) {
      return;
    }
    said = now;
    LOG.info("Topics that are read, with partitions: {}", found.partitions());
    found
        .missing()
        .forEach(
            (tenant, missing) -> {
              try (LogSubject subject = LogSubject.ofTenant(tenant)) {
                LOG.warn(
                    "Tenant \"{}\" is not served until there is {}. Create what is missing with"
                        + " `./foreshock tenants create`, or set topics.create=true; a setting is changed with"
                        + " kafka-configs.sh --alter --add-config.",
                    subject.name(),
                    String.join(", ", missing));
              }
            });
  }

  @Override
  public Optional<DefaultKafkaDatasetIdentifier> getDatasetIdentifier() {
    List<String> named = topics.named().stream().map(topics.read()::of).toList();
    return Optional.of(
        named.isEmpty()
            ? DefaultKafkaDatasetIdentifier.ofPattern(topics.read().pattern())
            : DefaultKafkaDatasetIdentifier.ofTopics(named));
  }
}
