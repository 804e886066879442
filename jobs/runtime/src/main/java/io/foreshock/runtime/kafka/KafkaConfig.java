package io.foreshock.runtime.kafka;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.security.KafkaSecurity;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checked values about Kafka.
 *
 * @param bootstrapServers addresses of brokers
 * @param tenants tenants served; empty for every tenant that has a raw topic
 * @param installation first part of transactional ids
 * @param scope second part of transactional ids
 * @param delivery what readers of the output can rely on
 * @param transactionTimeout time after which a broker gives up an open transaction
 * @param checkTimeout how long Kafka may take to answer the checks at start
 * @param discoveryInterval how often new partitions and topics are looked for
 * @param idleAfter when a silent partition lets go of the ingest clock; zero for never
 * @param startFrom where a source without state begins
 * @param allowCreateTime whether producers may set the ingest clock
 * @param createTopics whether a tenant's missing output topics are created
 * @param client properties for every client, those of security included; secrets are references in
 *     them
 */
public record KafkaConfig(
    String bootstrapServers,
    List<String> tenants,
    String installation,
    String scope,
    Delivery delivery,
    Duration transactionTimeout,
    Duration checkTimeout,
    Duration discoveryInterval,
    Duration idleAfter,
    KafkaOptions.StartFrom startFrom,
    boolean allowCreateTime,
    boolean createTopics,
    Map<String, String> client)
    implements Serializable {

  /** Scope of a job that serves every tenant, hence no name of a tenant. */
  public static final String POOL = "pool";

  /** Properties that decide about correctness and belong to the job. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "client.id",
          "group.id",
          "isolation.level",
          "enable.auto.commit",
          "auto.offset.reset",
          "enable.idempotence",
          "acks",
          "transactional.id",
          "transaction.timeout.ms",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer");

  public KafkaConfig {
    tenants = List.copyOf(tenants);
    client = Map.copyOf(client);
  }

  /**
   * Reads the values.
   *
   * @throws StartRefused naming what is wrong about security or the scope
   */
  public static KafkaConfig from(Settings settings) {
    List<String> tenants = settings.get(KafkaOptions.TENANTS);
    List<String> named = tenants.equals(List.of("*")) ? List.of() : tenants;
    String scope = settings.get(KafkaOptions.SCOPE);
    scopeOfSeveralTenants(settings)
        .ifPresent(
            problem -> {
              throw new StartRefused(List.of(problem));
            });
    if (scope.isEmpty()) {
      scope = named.size() == 1 ? named.get(0) : POOL;
    }
    return new KafkaConfig(
        settings.get(KafkaOptions.BOOTSTRAP_SERVERS),
        named,
        settings.get(KafkaOptions.INSTALLATION),
        scope,
        settings.get(KafkaOptions.DELIVERY),
        settings.get(KafkaOptions.TRANSACTION_TIMEOUT),
        settings.get(KafkaOptions.CHECK_TIMEOUT),
        settings.get(KafkaOptions.DISCOVERY_INTERVAL),
        settings.orDefault(KafkaOptions.IDLE_AFTER),
        settings.get(KafkaOptions.START_FROM),
        settings.orDefault(KafkaOptions.ALLOW_CREATE_TIME),
        settings.get(KafkaOptions.CREATE_TOPICS),
        KafkaSecurity.properties(settings, settings.family(KafkaOptions.CLIENT_FAMILY)));
  }

  /** Refuses client properties that belong to the job; a rule for the job's options. */
  public static Optional<String> foreignClientProperties(Settings settings) {
    Set<String> taken = new TreeSet<>(settings.family(KafkaOptions.CLIENT_FAMILY).keySet());
    taken.retainAll(OURS);
    return taken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The job sets "
                + String.join(", ", taken)
                + " itself: they decide about correctness. Remove "
                + KafkaOptions.CLIENT_FAMILY
                + taken.iterator().next()
                + ".");
  }

  /**
   * Refuses several tenants without a scope; a rule for the job's options. Two such jobs would take
   * the same transactional ids and abort each other's transactions.
   */
  public static Optional<String> scopeOfSeveralTenants(Settings settings) {
    List<String> tenants = settings.get(KafkaOptions.TENANTS);
    return tenants.size() < 2 || !settings.get(KafkaOptions.SCOPE).isEmpty()
        ? Optional.empty()
        : Optional.of(
            "scope must be set when several tenants are named, but is empty, and tenants is \""
                + String.join(", ", tenants)
                + "\": another job with other tenants would have the same transactional ids. Use e.g. \"scope="
                + POOL
                + "-1\", another one for each such job.");
  }

  /** True when every tenant is served, those to come included. */
  public boolean servesEveryTenant() {
    return tenants.isEmpty();
  }

  /** Properties for a client of any kind. */
  public Properties clientProperties() {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.setProperty("bootstrap.servers", bootstrapServers);
    return properties;
  }
}
