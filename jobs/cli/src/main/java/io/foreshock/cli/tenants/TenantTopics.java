package io.foreshock.cli.tenants;

import io.foreshock.runtime.kafka.TenantTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Topics with the settings that matter. Those that a job writes come before those that it reads: a
 * job that serves every tenant begins when it finds the raw topic.
 */
final class TenantTopics {
  private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

  /** Kind of topic that remembers which dead letters were sent again. */
  static final String REPLAYS = ".telemetry.dlq.replayed";

  private TenantTopics() {}

  /** Topics of one tenant. */
  static List<NewTopic> of(String tenant, int partitions, short replication) {
    List<NewTopic> topics = new ArrayList<>();
    for (TenantTopic kind : TenantTopic.values()) {
      if (kind != TenantTopic.RAW) {
        // Commands are few and have no key that would keep what belongs together in order.
        int count = kind == TenantTopic.COMMANDS ? 1 : partitions;
        topics.add(topic(kind.of(tenant), count, replication, kind.settings()));
      }
    }
    topics.add(topic(tenant + REPLAYS, 1, replication, COMPACTED));
    topics.add(
        topic(TenantTopic.RAW.of(tenant), partitions, replication, TenantTopic.RAW.settings()));
    return topics;
  }

  /** Topics that control all jobs: small, compacted, one partition keeps their order. */
  static List<NewTopic> control(short replication) {
    return Stream.of("foreshock.patterns", "foreshock.patterns.status", "foreshock.assets")
        .map(name -> topic(name, 1, replication, COMPACTED))
        .toList();
  }

  private static NewTopic topic(
      String name, int partitions, short replication, Map<String, String> settings) {
    return new NewTopic(name, partitions, replication).configs(settings);
  }
}
