package io.foreshock.runtime.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
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
 * @param named tenants served; empty for every tenant that has a topic to be read
 * @param read kind of topic that the job reads: who has one is a tenant
 * @param written kinds of topics that the job writes, or reads beside that; the one that is read is
 *     not asked for
 * @param create whether missing topics are created: as many partitions as the topic that is read,
 *     the brokers' replication factor, append times on {@link TenantTopic#TELEMETRY}, and only the
 *     last record of a key where that is enough
 * @param allowCreateTime whether producers may set the times of raw topics
 */
record TenantTopics(
    List<String> named,
    TenantTopic read,
    Set<TenantTopic> written,
    boolean create,
    boolean allowCreateTime)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(TenantTopics.class);

  /** Of a job that reads raw telemetry. */
  TenantTopics(
      List<String> named, Set<TenantTopic> written, boolean create, boolean allowCreateTime) {
    this(named, TenantTopic.RAW, written, create, allowCreateTime);
  }

  TenantTopics(KafkaConfig config, TenantTopic read, Collection<TenantTopic> written) {
    this(
        config.tenants(),
        read,
        Set.copyOf(written),
        config.createTopics(),
        // Only raw topics are written by devices.
        read != TenantTopic.RAW || config.allowCreateTime());
  }

  /**
   * What there is.
   *
   * @param partitions topics to be read of complete tenants, with their number of partitions
   * @param missing what the other tenants lack: topics, or a setting of that topic
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
    Map<String, Integer> rawTopics = partitionsOf(admin, rawTopics(existing));
    Set<String> byProducers = timedByProducers(admin, rawTopics.keySet(), accepted);
    for (Map.Entry<String, Integer> raw : rawTopics.entrySet()) {
      String tenant = read.tenantOf(raw.getKey());
      List<String> lacks = missing(tenant, existing);
      if (!lacks.isEmpty() && create) {
        lacks = create(admin, tenant, raw.getValue(), lacks);
      }
      if (byProducers.contains(raw.getKey())) {
        lacks = new ArrayList<>(lacks);
        lacks.add(AppendTimes.NEEDED + " on " + raw.getKey());
      }
      if (lacks.isEmpty()) {
        partitions.put(raw.getKey(), raw.getValue());
      } else {
        missing.put(tenant, lacks);
      }
    }
    return new Found(partitions, missing);
  }

  /** Of the topics that are not yet accepted. One whose settings are hidden counts as right. */
  private Set<String> timedByProducers(Admin admin, Set<String> topics, Set<String> accepted)
      throws ExecutionException, InterruptedException {
    if (allowCreateTime) {
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

  private List<String> rawTopics(Set<String> existing) {
    return existing.stream()
        .filter(read::matches)
        .filter(topic -> named.isEmpty() || named.contains(read.tenantOf(topic)))
        .toList();
  }

  /** Topics beside the one that is read that a tenant lacks. */
  List<String> missing(String tenant, Set<String> existing) {
    List<String> missing = new ArrayList<>();
    for (TenantTopic kind : written.isEmpty() ? written : EnumSet.copyOf(written)) {
      if (kind != read && !existing.contains(kind.of(tenant))) {
        missing.add(kind.of(tenant));
      }
    }
    return missing;
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
  private static List<String> create(
      Admin admin, String tenant, int partitions, List<String> topics) throws InterruptedException {
    List<String> failed = new ArrayList<>();
    for (String topic : topics) {
      NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
      if (TenantTopic.TELEMETRY.matches(topic)) {
        wanted.configs(Map.of("message.timestamp.type", "LogAppendTime"));
      } else if (TenantTopic.isCompacted(topic)) {
        wanted.configs(Map.of("cleanup.policy", "compact"));
      }
      try {
        admin.createTopics(List.of(wanted)).all().get();
        LOG.info("Created topic {} with {} partitions for tenant {}.", topic, partitions, tenant);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          failed.add(topic);
          LOG.warn("Topic {} cannot be created: {}", topic, e.getCause().getMessage());
        }
      }
    }
    return failed;
  }
}
