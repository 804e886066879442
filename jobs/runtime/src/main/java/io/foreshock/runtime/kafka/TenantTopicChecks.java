package io.foreshock.runtime.kafka;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;

/** Whether the topics of the tenants exist, may be used, and raw ones carry the append time. */
final class TenantTopicChecks {
  private final KafkaConfig config;
  private final List<TenantTopic> read;
  private final Consumer<String> warnings;
  private final List<String> problems;

  /**
   * @param read kinds of topics that the job reads; a tenant is one that has the first
   * @param warnings told what keeps a tenant, but not the others, from being served
   * @param problems receives what keeps the job from running
   */
  TenantTopicChecks(
      KafkaConfig config,
      List<TenantTopic> read,
      Consumer<String> warnings,
      List<String> problems) {
    this.config = config;
    this.read = read;
    this.warnings = warnings;
    this.problems = problems;
  }

  void check(
      Admin admin,
      AccessChecks access,
      Set<String> existing,
      Collection<? extends TopicPerTenant> written)
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
}
