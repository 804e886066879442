package io.foreshock.runtime.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * Asks a broker with ACLs what this job may do; a right that is missing is found here and not by a
 * task that restarts for ever.
 */
final class AccessChecks {
  private static final String GRANT =
      " An administrator grants what a job needs with `./foreshock tenants acls`.";

  private final Admin admin;
  private final Duration patience;
  private final List<String> problems;

  AccessChecks(Admin admin, Duration patience, List<String> problems) {
    this.admin = admin;
    this.patience = patience;
    this.problems = problems;
  }

  /** Topics of those that this job may not even see; Kafka hides them in its list. */
  Set<String> hidden(Collection<String> topics) throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(topics).topicNameValues();
    Set<String> hidden = new java.util.TreeSet<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
      if (refusal(answer.getValue()) instanceof TopicAuthorizationException) {
        hidden.add(answer.getKey());
      }
    }
    return hidden;
  }

  /**
   * Checks rights on topics that exist.
   *
   * @param needed what the job does with each topic
   */
  void topics(Map<String, Set<AclOperation>> needed)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<String, TopicDescription> found =
        answer(
            admin
                .describeTopics(
                    needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames());
    new TreeMap<>(needed)
        .forEach(
            (topic, operations) -> {
              Set<AclOperation> allowed = found.get(topic).authorizedOperations();
              List<AclOperation> missing = new ArrayList<>(operations);
              if (allowed != null) {
                missing.removeAll(allowed);
              }
              if (allowed != null && !missing.isEmpty()) {
                problems.add(
                    "This job may not %s topic \"%s\"%s.%s"
                        .formatted(
                            words(missing),
                            topic,
                            operations.contains(AclOperation.WRITE)
                                    && missing.contains(AclOperation.READ)
                                ? " (a sink reads it to find transactions that were left open)"
                                : "",
                            GRANT));
              }
            });
  }

  /** Checks that the job may use its consumer group. */
  void group(String group) throws InterruptedException {
    if (refusal(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
        instanceof GroupAuthorizationException) {
      problems.add("This job may not read with consumer group \"" + group + "\"." + GRANT);
    }
  }

  /** Checks that the job may use transactional ids that begin so. */
  void transactions(String prefix) throws InterruptedException {
    String id = prefix + "start-check";
    if (refusal(admin.describeTransactions(List.of(id)).description(id))
        instanceof TransactionalIdAuthorizationException) {
      problems.add(
          "This job may not use transactional ids that begin with \"" + prefix + "\"." + GRANT);
    }
  }

  /** Why Kafka refused; null when it did not, or when a fresh broker is too slow to know. */
  private Throwable refusal(KafkaFuture<?> future) throws InterruptedException {
    try {
      answer(future);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      return null;
    }
  }

  private <T> T answer(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String words(List<AclOperation> operations) {
    return operations.stream()
        .map(operation -> operation == AclOperation.READ ? "read" : "write")
        .sorted()
        .collect(Collectors.joining(" and "));
  }
}
