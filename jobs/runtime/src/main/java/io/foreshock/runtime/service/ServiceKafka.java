package io.foreshock.runtime.service;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.runtime.kafka.security.KafkaRefusal;
import io.foreshock.runtime.kafka.security.KafkaSecurity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What a plain service's Kafka clients have in common, and what Kafka is asked at start. The
 * options of {@link KafkaOptions} and security are those of every job.
 */
public final class ServiceKafka {
  private final Settings settings;
  private final String who;
  private final Map<String, String> security;

  /**
   * @param who how messages call the service, e.g. {@code the bridge}
   * @throws StartRefused naming what is wrong about security
   */
  public ServiceKafka(Settings settings, String who) {
    this.settings = settings;
    this.who = who;
    this.security = KafkaSecurity.properties(settings, settings.family(KafkaOptions.CLIENT_FAMILY));
  }

  /** Properties of every Kafka client of the service; a copy. */
  public Properties clientProperties() {
    Properties properties = new Properties();
    properties.putAll(security);
    properties.setProperty("bootstrap.servers", settings.get(KafkaOptions.BOOTSTRAP_SERVERS));
    return properties;
  }

  /**
   * Checks that Kafka answers and that topics exist.
   *
   * @param topics names, each with the rights that it needs, in words: {@code DESCRIBE and WRITE}
   * @throws StartRefused naming everything that is wrong
   */
  public void requireTopics(Map<String, String> topics) {
    List<String> problems =
        ask((admin, patience) -> missing(admin, new TreeMap<>(topics), patience));
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
  }

  /**
   * Names of the topics that this client may see.
   *
   * @throws StartRefused when Kafka does not answer
   */
  public Set<String> topics() {
    return ask(
        (admin, patience) -> {
          try {
            return admin.listTopics().names().get(patience.toMillis(), TimeUnit.MILLISECONDS);
          } catch (ExecutionException e) {
            throw noAnswer(e.getCause());
          } catch (TimeoutException e) {
            throw noAnswer(e);
          }
        });
  }

  private interface Question<T> {
    T ask(Admin admin, Duration patience) throws InterruptedException;
  }

  private <T> T ask(Question<T> question) {
    Duration patience = settings.get(KafkaOptions.CHECK_TIMEOUT);
    Properties properties = clientProperties();
    properties.put("default.api.timeout.ms", (int) patience.toMillis());
    properties.put("request.timeout.ms", (int) Math.min(patience.toMillis(), 30_000));
    try (Admin admin = Admin.create(properties)) {
      return question.ask(admin, patience);
    } catch (KafkaException e) {
      throw new StartRefused(
          List.of("Kafka's client does not take the configuration: " + innermost(e) + '.'), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused(List.of("Interrupted while Kafka was asked."), e);
    }
  }

  private List<String> missing(Admin admin, Map<String, String> topics, Duration patience)
      throws InterruptedException {
    List<String> missing = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        new TreeMap<>(admin.describeTopics(topics.keySet()).topicNameValues());
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : answers.entrySet()) {
      try {
        topic.getValue().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          missing.add(
              "Topic \"%s\" does not exist. Create it before %s starts."
                  .formatted(topic.getKey(), who));
        } else if (e.getCause() instanceof AuthorizationException) {
          missing.add(
              "%s may not see topic \"%s\". It needs %s on it."
                  .formatted(
                      Character.toUpperCase(who.charAt(0)) + who.substring(1),
                      topic.getKey(),
                      topics.get(topic.getKey())));
        } else {
          throw noAnswer(e.getCause());
        }
      } catch (TimeoutException e) {
        throw noAnswer(e);
      }
    }
    return missing;
  }

  private StartRefused noAnswer(Throwable cause) {
    String servers = settings.get(KafkaOptions.BOOTSTRAP_SERVERS);
    String reason =
        new KafkaRefusal(servers, security, KafkaRefusal.Words.JOB)
            .explain(cause)
            .orElseGet(
                () ->
                    "Kafka on "
                        + servers
                        + " does not answer: "
                        + (cause.getMessage() == null ? "timed out" : innermost(cause))
                        + ". Is it running? Check kafka.bootstrap-servers.");
    return new StartRefused(List.of(reason), cause);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }
}
