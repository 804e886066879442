package io.foreshock.runtime.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which topics carry times that their producers set: read as raw telemetry, one producer with a
 * wrong clock would move or hold back time for every tenant.
 *
 * @param byProducers topics with {@code message.timestamp.type=CreateTime}
 * @param unknown topics whose configuration this job may not see
 */
record AppendTimes(Set<String> byProducers, Set<String> unknown) {
  static final String SETTING = "message.timestamp.type";
  static final String NEEDED = SETTING + "=LogAppendTime";

  /**
   * Asks the brokers. A topic that is not there is in neither set.
   *
   * @param patienceMillis how long to wait for the answer about each topic
   */
  static AppendTimes of(Admin admin, Collection<String> topics, long patienceMillis)
      throws ExecutionException, TimeoutException, InterruptedException {
    AppendTimes found = new AppendTimes(new TreeSet<>(), new TreeSet<>());
    if (topics.isEmpty()) {
      return found;
    }
    Map<ConfigResource, KafkaFuture<Config>> answers =
        admin
            .describeConfigs(
                topics.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList())
            .values();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
      String topic = answer.getKey().name();
      try {
        ConfigEntry entry =
            answer.getValue().get(patienceMillis, TimeUnit.MILLISECONDS).get(SETTING);
        if (entry != null && !"LogAppendTime".equals(entry.value())) {
          found.byProducers.add(topic);
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          found.unknown.add(topic);
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return found;
  }
}
