package io.foreshock.runtime.kafka;

import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.kafka.security.KafkaSecurityOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Options about Kafka that every job shares. */
public final class KafkaOptions {
  /** Prefix of properties that are handed to every Kafka client. */
  public static final String CLIENT_FAMILY = "kafka.client.";

  public static final String CLIENT_FAMILY_DESCRIPTION =
      "Handed to every Kafka client as it is, without the prefix; for networks and what `kafka.security.*`,"
          + " `kafka.sasl.*` and `kafka.ssl.*` do not cover. Secrets as `${env:NAME}` or `${file:/path}` only.";

  private static final String PLAIN_NAME = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

  public static final Option<String> BOOTSTRAP_SERVERS =
      Option.text("kafka.bootstrap-servers", "Addresses of Kafka brokers, separated by commas.")
          .withExample("broker-1:9092,broker-2:9092")
          .must("name a host and a port", text -> text.contains(":"));

  public static final Option<List<String>> TENANTS =
      Option.list(
              "tenants",
              "Tenants served. `*` serves every tenant that has a topic that the job reads, new ones included,"
                  + " as soon as the tenant's other topics exist.")
          .withDefault(List.of("*"))
          .withExample("acme, globex")
          .must(
              "be \"*\" or names of lower case letters, digits and dashes, and not \"pool\"",
              names ->
                  names.equals(List.of("*"))
                      || !names.isEmpty()
                          && names.stream().allMatch(TenantTopic::isTenant)
                          && !names.contains(KafkaConfig.POOL));

  public static final Option<String> INSTALLATION =
      Option.text(
              "installation",
              "Name of this installation of Foreshock, unique among all that share the brokers. Part of every"
                  + " transactional id: changing it is a change of state.")
          .withExample("plant-1")
          .must("be lower case letters, digits and dashes", name -> name.matches(PLAIN_NAME));

  public static final Option<String> SCOPE =
      Option.text(
              "scope",
              "Tells deployments of the same job apart, e.g. one per tenant. Part of every transactional id, so no two"
                  + " deployments of a job in one installation may have the same: they would abort each other's"
                  + " transactions. Empty: the tenant when one is served, `pool` when all are; several named tenants"
                  + " need one.")
          .withDefault("")
          .withExample("pool-2")
          .must(
              "be lower case letters, digits and dashes",
              name -> name.isEmpty() || name.matches(PLAIN_NAME));

  public static final Option<Delivery> DELIVERY =
      Option.oneOf(
              "delivery",
              "What readers of the output topics can rely on. At-least-once must write to topics that no"
                  + " transactional job writes to.",
              Delivery.class)
          .withDefault(Delivery.EXACTLY_ONCE);

  public static final Option<Duration> TRANSACTION_TIMEOUT =
      Option.duration(
              "kafka.transaction-timeout",
              "How long an outage may last before output of the last checkpoint is lost; also how long a hanging"
                  + " transaction can hold up readers. At most the brokers' transaction.max.timeout.ms.")
          .withDefault(Duration.ofMinutes(15))
          .must("be at least 10 s", time -> time.compareTo(Duration.ofSeconds(10)) >= 0);

  public static final Option<Duration> CHECK_TIMEOUT =
      Option.duration(
              "kafka.check-timeout", "How long Kafka may take to answer the checks at start.")
          .withDefault(Duration.ofSeconds(10))
          .must("be positive", Durations::isPositive);

  public static final Option<Duration> DISCOVERY_INTERVAL =
      Option.duration(
              "source.discovery-interval", "How often new partitions and topics are looked for.")
          .withDefault(Duration.ofSeconds(60))
          .must("be positive", Durations::isPositive);

  public static final Option<Duration> IDLE_AFTER =
      Option.duration(
              "source.idle-after",
              "A partition without records for this long no longer holds back the ingest clock. `0 s` never lets go:"
                  + " right where a tick reaches every partition (header foreshock-tick).")
          .withDefault(Duration.ofSeconds(60))
          .must("not be negative", time -> !time.isNegative());

  public static final Option<StartFrom> START_FROM =
      Option.oneOf(
              "source.start-from",
              "Where to start reading when there is no savepoint or checkpoint.",
              StartFrom.class)
          .withDefault(StartFrom.EARLIEST);

  public static final Option<Boolean> ALLOW_CREATE_TIME =
      Option.yesOrNo(
              "source.allow-create-time",
              "Accept raw topics with message.timestamp.type=CreateTime: the ingest clock is then set by the"
                  + " producers. For simulations; one wrong producer moves time for everybody.")
          .withDefault(false);

  public static final Option<Boolean> CREATE_TOPICS =
      Option.yesOrNo(
              "topics.create",
              "Create the output topics that a tenant lacks: as many partitions as its raw topic, replicated as the"
                  + " brokers do by default. Otherwise such a tenant is not served until they exist.")
          .withDefault(false);

  /** Where a source without state begins. */
  public enum StartFrom {
    EARLIEST,
    LATEST
  }

  /** Options of reading raw telemetry, and of security. */
  public static final List<Option<?>> OF_SOURCES =
      Stream.concat(
              Stream.of(
                  BOOTSTRAP_SERVERS,
                  TENANTS,
                  START_FROM,
                  DISCOVERY_INTERVAL,
                  IDLE_AFTER,
                  ALLOW_CREATE_TIME,
                  CHECK_TIMEOUT),
              KafkaSecurityOptions.ALL.stream())
          .toList();

  /** Options of reading topics that jobs or people write, and of security. */
  public static final List<Option<?>> OF_READERS =
      OF_SOURCES.stream()
          .filter(option -> option != IDLE_AFTER && option != ALLOW_CREATE_TIME)
          .toList();

  /** Options of writing. */
  public static final List<Option<?>> OF_SINKS =
      List.of(INSTALLATION, SCOPE, DELIVERY, TRANSACTION_TIMEOUT, CREATE_TOPICS);

  private KafkaOptions() {}

  private static final class Durations {
    static boolean isPositive(Duration time) {
      return !time.isNegative() && !time.isZero();
    }
  }
}
