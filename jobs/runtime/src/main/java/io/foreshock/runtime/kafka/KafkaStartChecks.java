package io.foreshock.runtime.kafka;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.kafka.security.KafkaRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Asks Kafka before the job is submitted whether it can run: what is found here is one message,
 * what is found later is a job that restarts for ever.
 */
public final class KafkaStartChecks {
  private final KafkaConfig config;
  private final Consumer<String> warnings;
  private final List<String> problems = new ArrayList<>();
  private final String job;

  /** Kinds of topics that the job reads; a tenant is one that has the first. */
  private final List<TenantTopic> read;

  private AccessChecks access;

  private KafkaStartChecks(
      KafkaConfig config, String job, List<TenantTopic> read, Consumer<String> warnings) {
    this.config = config;
    this.read = List.copyOf(read);
    this.job = job;
    this.warnings = warnings;
  }

  /**
   * Checks all that is checked below, and that the job has the rights it needs and its transactions
   * outlive its checkpoints.
   *
   * @param flink configuration of the environment, checkpoints included
   * @param job name of the job: part of its consumer group and transactional ids
   * @param written kinds of topics that the job writes
   * @param compacted topics that must exist with {@code cleanup.policy=compact}
   * @param warnings told what could not be checked, in sentences
   * @throws StartRefused naming everything that is wrong
   */
  public static void run(
      ReadableConfig flink,
      KafkaConfig config,
      String job,
      Collection<? extends TopicPerTenant> written,
      Collection<String> compacted,
      Consumer<String> warnings) {
    run(flink, config, job, List.of(TenantTopic.RAW), written, compacted, warnings);
  }

  /**
   * The same for a job that reads other topics of tenants than the raw ones.
   *
   * @param read kinds of topics that the job reads, at least one; a tenant is one that has the
   *     first
   */
  public static void run(
      ReadableConfig flink,
      KafkaConfig config,
      String job,
      List<TenantTopic> read,
      Collection<? extends TopicPerTenant> written,
      Collection<String> compacted,
      Consumer<String> warnings) {
    KafkaStartChecks checks = new KafkaStartChecks(config, job, read, warnings);
    if (config.delivery() == Delivery.EXACTLY_ONCE && !written.isEmpty()) {
      TransactionTimes times = TransactionTimes.of(flink);
      times.problem(config.transactionTimeout()).ifPresent(checks.problems::add);
      times.warning(config.transactionTimeout()).ifPresent(warnings);
    }
    checks.run(written, compacted);
  }

  /**
   * Checks that the brokers answer, that all topics exist, that raw topics carry the append time
   * and that transactions may last as long as configured.
   *
   * @param written kinds of topics that the job writes
   * @param warnings told what could not be checked, in sentences
   * @throws StartRefused naming everything that is wrong
   */
  public static void run(
      KafkaConfig config, Collection<? extends TopicPerTenant> written, Consumer<String> warnings) {
    run(config, written, List.of(), warnings);
  }

  /**
   * The same for a job that uses compacted topics beside those of tenants.
   *
   * @param compacted topics that must exist with {@code cleanup.policy=compact}
   */
  public static void run(
      KafkaConfig config,
      Collection<? extends TopicPerTenant> written,
      Collection<String> compacted,
      Consumer<String> warnings) {
    new KafkaStartChecks(config, null, List.of(TenantTopic.RAW), warnings).run(written, compacted);
  }

  private void run(Collection<? extends TopicPerTenant> written, Collection<String> compacted) {
    Properties properties = config.clientProperties();
    int timeout = (int) config.checkTimeout().toMillis();
    properties.setProperty("default.api.timeout.ms", String.valueOf(timeout));
    properties.setProperty("request.timeout.ms", String.valueOf(Math.max(1, timeout / 2)));
    try (Admin admin = Admin.create(properties)) {
      Collection<Node> brokers = ask(admin.describeCluster().nodes());
      Set<String> existing = ask(admin.listTopics().names());
      access = new AccessChecks(admin, config.checkTimeout(), problems);
      checkTopics(admin, existing, written);
      checkCompacted(admin, existing, compacted);
      if (job != null) {
        checkGroupAndTransactions(written);
      }
      if (config.delivery() == Delivery.EXACTLY_ONCE) {
        checkTransactionTimeout(admin, brokers.iterator().next());
      }
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } catch (TimeoutException | KafkaException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused(List.of("Interrupted while asking Kafka."), e);
    }
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
  }

  private void checkTopics(
      Admin admin, Set<String> existing, Collection<? extends TopicPerTenant> written)
      throws ExecutionException, TimeoutException, InterruptedException {
    TenantTopic first = read.get(0);
    Set<String> tenants = new TreeSet<>(config.tenants());
    if (config.servesEveryTenant()) {
      existing.stream().filter(first::matches).map(first::tenantOf).forEach(tenants::add);
      if (tenants.isEmpty()) {
        problems.add(
            "No topic on "
                + config.bootstrapServers()
                + " is named <tenant>"
                + first.of("")
                + ", and tenants is \"*\". Create the topics of a tenant first, or check"
                + " kafka.bootstrap-servers.");
      }
    }
    Map<String, Set<AclOperation>> needed = new TreeMap<>();
    for (String tenant : tenants) {
      read.forEach(topic -> needed.put(topic.of(tenant), EnumSet.of(AclOperation.READ)));
    }
    for (String tenant : tenants) {
      written.forEach(
          topic -> needed.computeIfAbsent(topic.of(tenant), name -> writing()).addAll(writing()));
    }
    Set<String> absent = new TreeSet<>(needed.keySet());
    absent.removeAll(existing);
    Set<String> hidden = absent.isEmpty() ? Set.of() : access.hidden(absent);
    Set<String> timedByProducers = timedByProducers(admin, tenants, existing);
    Map<String, List<String>> lacking = new TreeMap<>();
    TenantTopics topics = new TenantTopics(first, config, written);
    for (String tenant : tenants) {
      lacking.put(tenant, config.createTopics() ? List.of() : topics.missing(tenant, existing));
    }
    boolean othersAreServed =
        config.servesEveryTenant()
            && tenants.stream()
                .anyMatch(
                    tenant ->
                        lacking.get(tenant).isEmpty()
                            && !timedByProducers.contains(TenantTopic.RAW.of(tenant)));
    checkExist(lacking, existing, hidden, othersAreServed);
    needed.keySet().retainAll(existing);
    access.topics(needed);
    timedByProducers.forEach(topic -> reportCreateTime(topic, othersAreServed));
  }

  /** One tenant's missing topic does not keep the others from being served. */
  private void checkExist(
      Map<String, List<String>> lacking,
      Set<String> existing,
      Set<String> hidden,
      boolean othersAreServed) {
    lacking.forEach(
        (tenant, missing) -> {
          read.forEach(topic -> checkExists(topic.of(tenant), existing, hidden));
          if (!missing.isEmpty() && othersAreServed) {
            warnings.accept(
                "Tenant \""
                    + tenant
                    + "\" is not served until these topics exist: "
                    + String.join(", ", missing)
                    + ". Create them, or set topics.create=true.");
          } else {
            missing.forEach(topic -> checkExists(topic, existing, hidden));
          }
        });
  }

  /** A sink reads what it writes, to find transactions that were left open. */
  private EnumSet<AclOperation> writing() {
    return config.delivery() == Delivery.EXACTLY_ONCE
        ? EnumSet.of(AclOperation.READ, AclOperation.WRITE)
        : EnumSet.of(AclOperation.WRITE);
  }

  private void checkGroupAndTransactions(Collection<? extends TopicPerTenant> written)
      throws InterruptedException {
    String id = config.installation() + "." + config.scope() + "." + job;
    access.group(id);
    if (config.delivery() == Delivery.EXACTLY_ONCE && !written.isEmpty()) {
      access.transactions(id + ".");
    }
  }

  private void checkCompacted(Admin admin, Set<String> existing, Collection<String> topics)
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
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      ConfigEntry policy;
      try {
        policy =
            ask(admin.describeConfigs(List.of(resource)).all()).get(resource).get("cleanup.policy");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          continue;
        }
        throw e;
      }
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

  private void checkExists(String topic, Set<String> existing, Set<String> hidden) {
    if (hidden.contains(topic)) {
      problems.add(
          "This job may not see topic \""
              + topic
              + "\" on "
              + config.bootstrapServers()
              + ", if there is one. An administrator grants what a job needs with `./foreshock tenants acls`.");
    } else if (!existing.contains(topic)) {
      problems.add(
          "Topic \""
              + topic
              + "\" does not exist on "
              + config.bootstrapServers()
              + ". Create it"
              + (TenantTopic.RAW.matches(topic) ? " with message.timestamp.type=LogAppendTime" : "")
              + ", or grant this job Describe on it.");
    }
  }

  private Set<String> timedByProducers(Admin admin, Set<String> tenants, Set<String> existing)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (config.allowCreateTime() || !read.contains(TenantTopic.RAW)) {
      return Set.of();
    }
    AppendTimes times =
        AppendTimes.of(
            admin,
            tenants.stream().map(TenantTopic.RAW::of).filter(existing::contains).toList(),
            config.checkTimeout().toMillis());
    if (!times.unknown().isEmpty()) {
      warnings.accept(
          "Not checked whether raw topics carry the append time: this job may not describe the configuration of "
              + String.join(", ", times.unknown())
              + ".");
    }
    return times.byProducers();
  }

  /** One tenant's devices that would set the clock do not keep the others from being served. */
  private void reportCreateTime(String topic, boolean othersAreServed) {
    String wayOut =
        "kafka-configs.sh --bootstrap-server "
            + config.bootstrapServers()
            + " --alter --topic "
            + topic
            + " --add-config "
            + AppendTimes.NEEDED;
    if (othersAreServed) {
      warnings.accept(
          "Tenant \""
              + TenantTopic.RAW.tenantOf(topic)
              + "\" is not served until topic "
              + topic
              + " has "
              + AppendTimes.NEEDED
              + ": its devices would set the ingest clock of all. Run "
              + wayOut
              + ".");
    } else {
      problems.add(
          "Topic \""
              + topic
              + "\" has message.timestamp.type=CreateTime, so devices would set the ingest clock. Run "
              + wayOut
              + ", or set source.allow-create-time=true for a simulation.");
    }
  }

  private void checkTransactionTimeout(Admin admin, Node broker)
      throws ExecutionException, TimeoutException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
    ConfigEntry limit;
    try {
      limit =
          ask(admin.describeConfigs(List.of(resource)).all())
              .get(resource)
              .get("transaction.max.timeout.ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        limit = null;
      } else {
        throw e;
      }
    }
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

  private <T> T ask(KafkaFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    return answer.get(config.checkTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private StartRefused unreachable(Throwable cause) {
    Optional<String> refusal =
        new KafkaRefusal(config.bootstrapServers(), config.client(), KafkaRefusal.Words.JOB)
            .explain(cause);
    if (refusal.isPresent()) {
      return new StartRefused(List.of(refusal.get()), cause);
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean silent =
        root instanceof TimeoutException
            || root instanceof org.apache.kafka.common.errors.TimeoutException;
    String what =
        silent
            ? "Kafka does not answer on "
                + config.bootstrapServers()
                + " within "
                + config.checkTimeout().toSeconds()
                + " s."
            : "Kafka on "
                + config.bootstrapServers()
                + " refuses this job: "
                + String.valueOf(root.getMessage()).lines().findFirst().orElse("")
                + ".";
    return new StartRefused(
        List.of(
            what
                + " Check kafka.bootstrap-servers, the network and kafka.client.* (security), then start again."),
        cause);
  }
}
