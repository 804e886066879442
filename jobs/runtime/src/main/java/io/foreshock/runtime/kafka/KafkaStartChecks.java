package io.foreshock.runtime.kafka;

import io.foreshock.runtime.StartRefused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;

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
      AccessChecks access = new AccessChecks(admin, config.checkTimeout(), problems);
      new TenantTopicChecks(config, read, warnings, problems)
          .check(admin, access, existing, written);
      BrokerChecks brokerChecks = new BrokerChecks(admin, config, warnings, problems);
      brokerChecks.compacted(existing, compacted);
      if (job != null) {
        checkGroupAndTransactions(access, written);
      }
      if (config.delivery() == Delivery.EXACTLY_ONCE) {
        brokerChecks.transactionTimeout(brokers.iterator().next());
      }
    } catch (ExecutionException e) {
      throw UnreachableBrokers.refusal(config, e.getCause());
    } catch (TimeoutException | KafkaException e) {
      throw UnreachableBrokers.refusal(config, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused(List.of("Interrupted while asking Kafka."), e);
    }
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
  }

  private void checkGroupAndTransactions(
      AccessChecks access, Collection<? extends TopicPerTenant> written)
      throws InterruptedException {
    String id = config.installation() + "." + config.scope() + "." + job;
    access.group(id);
    if (config.delivery() == Delivery.EXACTLY_ONCE && !written.isEmpty()) {
      access.transactions(id + ".");
    }
  }

  private <T> T ask(KafkaFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    return answer.get(config.checkTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }
}
