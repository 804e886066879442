package io.foreshock.cli.tenants;

import io.foreshock.cli.CliFailure;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who needs what, and nothing more.
 *
 * <p>Principals: {@code <installation>.<job>} for a job that serves a pool of tenants, {@code
 * <installation>.<job>.<tenant>} for one that serves a single tenant, {@code
 * <installation>.operator} for the command line, {@code <tenant>.devices} and {@code
 * <tenant>.consumer} for what belongs to a tenant. A name of a tenant holds no dot, so none of
 * these is ever two things.
 *
 * @param installation first part of transactional ids and consumer groups
 * @param tenants who is served
 * @param jobs which jobs run
 * @param perTenant whether each tenant has jobs of its own
 */
record AccessPlan(
    String installation, List<String> tenants, List<JobAccess> jobs, boolean perTenant) {
  private static final String CONTROL = "foreshock";

  /** Consumer groups of the notifier, as its option {@code group} has them by default. */
  private static final String NOTIFIER_GROUPS = "foreshock-notifier.";

  AccessPlan {
    tenants = List.copyOf(new TreeSet<>(tenants));
    jobs = List.copyOf(jobs);
    List<String> problems = new ArrayList<>();
    for (String tenant : tenants) {
      if (!TenantTopic.isTenant(tenant)) {
        problems.add(
            "A tenant must be lower case letters, digits and dashes, but is \"" + tenant + "\".");
      } else if (tenant.equals(CONTROL)) {
        problems.add(
            "A tenant must not be named foreshock: its topics would be those that control all jobs.");
      } else if (tenant.equals(KafkaConfig.POOL)) {
        problems.add(
            "A tenant must not be named pool: its jobs would have the transactional ids of those that serve every tenant.");
      } else if (tenant.equals(installation)) {
        problems.add(
            "Tenant \"%s\" is named as the installation, so its consumers could use the jobs' consumer groups. Name one of them otherwise."
                .formatted(tenant));
      }
    }
    if (!problems.isEmpty()) {
      throw CliFailure.wrongInput(String.join("\n  ", problems));
    }
  }

  /** Everything that is to be granted, by user, in a fixed order. */
  Map<String, List<Grant>> grants() {
    List<Grant> all = new ArrayList<>();
    for (JobAccess job : jobs) {
      if (perTenant) {
        tenants.forEach(
            tenant ->
                job(
                    all,
                    job,
                    installation + "." + job.job() + "." + tenant,
                    tenant,
                    List.of(tenant)));
      } else {
        job(all, job, installation + "." + job.job(), KafkaConfig.POOL, tenants);
      }
    }
    operator(all);
    for (String tenant : tenants) {
      String devices = tenant + ".devices";
      all.add(Grant.topic(devices, TenantTopic.RAW.of(tenant), AclOperation.WRITE));
      String consumer = tenant + ".consumer";
      all.add(Grant.prefixed(consumer, ResourceType.TOPIC, tenant + ".", AclOperation.READ));
      all.add(Grant.prefixed(consumer, ResourceType.GROUP, tenant + ".", AclOperation.READ));
    }
    Map<String, List<Grant>> byUser = new TreeMap<>();
    all.forEach(
        grant -> byUser.computeIfAbsent(grant.user(), user -> new ArrayList<>()).add(grant));
    return byUser;
  }

  private void job(List<Grant> all, JobAccess job, String user, String scope, List<String> served) {
    for (String tenant : served) {
      TreeSet<TenantTopic> kinds = new TreeSet<>(job.reads());
      kinds.addAll(job.writes());
      for (TenantTopic kind : kinds) {
        all.add(
            topic(
                user,
                kind.of(tenant),
                job.reads().contains(kind),
                job.writes().contains(kind),
                job));
      }
      if (!job.writesFamily().isEmpty()) {
        all.add(
            Grant.prefixed(
                user,
                ResourceType.TOPIC,
                tenant + job.writesFamily(),
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.DESCRIBE_CONFIGS));
      }
    }
    job.readsControl().forEach(name -> all.add(topic(user, name, true, false, job)));
    job.writesControl().forEach(name -> all.add(topic(user, name, false, true, job)));
    if (job == JobAccess.NOTIFIER) {
      all.add(Grant.prefixed(user, ResourceType.GROUP, NOTIFIER_GROUPS, AclOperation.READ));
    }
    if (job.isFlinkJob()) {
      String id = installation + "." + scope + "." + job.job();
      all.add(Grant.group(user, id));
      all.add(Grant.prefixed(user, ResourceType.GROUP, id + ".", AclOperation.READ));
      if (!job.writes().isEmpty() || !job.writesFamily().isEmpty()) {
        all.add(Grant.prefixed(user, ResourceType.TRANSACTIONAL_ID, id + ".", AclOperation.WRITE));
      }
      // To compare the transaction time-out with the brokers' limit before the start.
      all.add(Grant.cluster(user, AclOperation.DESCRIBE_CONFIGS));
    }
  }

  /** Reading what one writes is needed to find transactions that were left open. */
  private static Grant topic(
      String user, String name, boolean read, boolean written, JobAccess job) {
    if (!job.isFlinkJob()) {
      return Grant.topic(user, name, written ? AclOperation.WRITE : AclOperation.READ);
    }
    return written
        ? Grant.topic(
            user, name, AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS)
        : Grant.topic(user, name, AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
  }

  /**
   * Publishes patterns, replays dead letters, answers alerts, ends transactions that were left
   * open.
   */
  private void operator(List<Grant> all) {
    String user = installation + ".operator";
    all.add(Grant.topic(user, CONTROL + ".patterns", AclOperation.READ, AclOperation.WRITE));
    all.add(Grant.topic(user, CONTROL + ".patterns.status", AclOperation.READ));
    all.add(Grant.topic(user, CONTROL + ".assets", AclOperation.READ, AclOperation.WRITE));
    for (String tenant : tenants) {
      all.add(Grant.prefixed(user, ResourceType.TOPIC, tenant + ".", AclOperation.READ));
      all.add(Grant.topic(user, TenantTopic.RAW.of(tenant), AclOperation.WRITE));
      all.add(Grant.topic(user, tenant + TenantTopics.REPLAYS, AclOperation.WRITE));
      all.add(Grant.topic(user, TenantTopic.COMMANDS.of(tenant), AclOperation.WRITE));
    }
    all.add(
        Grant.prefixed(
            user, ResourceType.TRANSACTIONAL_ID, CONTROL + ".dlq-replay.", AclOperation.WRITE));
    all.add(
        Grant.prefixed(
            user,
            ResourceType.TRANSACTIONAL_ID,
            installation + ".",
            AclOperation.DESCRIBE,
            AclOperation.WRITE));
    all.add(
        Grant.prefixed(user, ResourceType.GROUP, installation + ".operator.", AclOperation.READ));
  }
}
