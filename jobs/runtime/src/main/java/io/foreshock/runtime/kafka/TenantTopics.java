package io.foreshock.runtime.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tenants have all the topics that a job needs, as it needs them.
 *
 * @param read kind of topic that the job reads: a tenant is one that has it
 * @param named tenants served; empty for every tenant that has a topic to read
 * @param written kinds of topics that the job writes; what it reads as well is not asked for
 * @param create whether missing topics are created: as many partitions as the tenant's topic that
 *     is read, the brokers' replication factor, and the settings of their kind
 * @param allowCreateTime whether producers may set the times of raw topics; other topics are read
 *     for their records, not for their times
 */
record TenantTopics(
    TenantTopic read,
    List<String> named,
    Set<TopicPerTenant> written,
    boolean create,
    boolean allowCreateTime)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(TenantTopics.class);

  TenantTopics(TenantTopic read, KafkaConfig config, Collection<? extends TopicPerTenant> written) {
    this(
        read,
        config.tenants(),
        Set.copyOf(written),
        config.createTopics(),
        config.allowCreateTime());
  }

  /**
   * What there is.
   *
   * @param partitions topics to read of complete tenants, with their number of partitions
   * @param missing what the other tenants lack: topics, or a setting of the one to read
   */
  record Found(Map<String, Integer> partitions, Map<String, List<String>> missing) {}

  /**
   * Asks the brokers; creates what is missing if that is allowed.
   *
   * @param accepted topics that are read already: their times are not asked for again
   */
  Found find(Admin admin, Set<String> accepted) throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    Map<String, Integer> partitions = new TreeMap<>();
    Map<String, List<String>> missing = new TreeMap<>();
    Map<String, Integer> topics = partitionsOf(admin, toRead(existing));
    Set<String> byProducers = timedByProducers(admin, topics.keySet(), accepted);
    for (Map.Entry<String, Integer> topic : topics.entrySet()) {
      String tenant = read.tenantOf(topic.getKey());
      List<TopicPerTenant> kinds = kindsMissing(tenant, existing);
      if (!kinds.isEmpty() && create) {
        kinds = create(admin, tenant, topic.getValue(), kinds);
      }
      List<String> lacks = namesOf(kinds, tenant);
      if (byProducers.contains(topic.getKey())) {
        lacks = new ArrayList<>(lacks);
        lacks.add(AppendTimes.NEEDED + " on " + topic.getKey());
      }
      if (lacks.isEmpty()) {
        partitions.put(topic.getKey(), topic.getValue());
      } else {
        missing.put(tenant, lacks);
      }
    }
    return new Found(partitions, missing);
  }

  /** Of the topics that are not yet accepted. One whose settings are hidden counts as right. */
  private Set<String> timedByProducers(Admin admin, Set<String> topics, Set<String> accepted)
      throws ExecutionException, InterruptedException {
    if (allowCreateTime || read != TenantTopic.RAW) {
      return Set.of();
    }
    try {
      return AppendTimes.of(
              admin,
              topics.stream().filter(topic -> !accepted.contains(topic)).toList(),
              Long.MAX_VALUE)
          .byProducers();
    } catch (TimeoutException e) {
      throw new ExecutionException(e);
    }
  }

  private List<String> toRead(Set<String> existing) {
    return existing.stream()
        .filter(read::matches)
        .filter(topic -> named.isEmpty() || named.contains(read.tenantOf(topic)))
        .toList();
  }

  /** Output topics that a tenant lacks. */
  List<String> missing(String tenant, Set<String> existing) {
    return namesOf(kindsMissing(tenant, existing), tenant);
  }

  private static List<String> namesOf(List<TopicPerTenant> kinds, String tenant) {
    return kinds.stream().map(kind -> kind.of(tenant)).toList();
  }

  /** In the order of {@link TenantTopic}, then by name. */
  private List<TopicPerTenant> kindsMissing(String tenant, Set<String> existing) {
    return written.stream()
        .filter(kind -> kind != read && !existing.contains(kind.of(tenant)))
        .sorted(
            Comparator.<TopicPerTenant>comparingInt(
                    kind -> kind instanceof TenantTopic known ? known.ordinal() : Integer.MAX_VALUE)
                .thenComparing(kind -> kind.of(tenant)))
        .toList();
  }

  /** A topic that is deleted in the meantime is left out. */
  private static Map<String, Integer> partitionsOf(Admin admin, List<String> topics)
      throws ExecutionException, InterruptedException {
    Map<String, Integer> partitions = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(topics).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
      try {
        partitions.put(answer.getKey(), answer.getValue().get().partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return partitions;
  }

  /** Creates topics and returns those that could not be created. */
  private static List<TopicPerTenant> create(
      Admin admin, String tenant, int partitions, List<TopicPerTenant> kinds)
      throws InterruptedException {
    List<TopicPerTenant> failed = new ArrayList<>();
    for (TopicPerTenant kind : kinds) {
      String topic = kind.of(tenant);
      try {
        admin
            .createTopics(
                List.of(
                    new NewTopic(topic, Optional.of(partitions), Optional.empty())
                        .configs(kind.settings())))
            .all()
            .get();
        LOG.info("Created topic {} with {} partitions for tenant {}.", topic, partitions, tenant);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          failed.add(kind);
          LOG.warn("Topic {} cannot be created: {}", topic, e.getCause().getMessage());
        }
      }
    }
    return failed;
  }
}
