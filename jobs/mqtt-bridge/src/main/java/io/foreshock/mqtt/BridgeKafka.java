package io.foreshock.mqtt;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.kafka.security.KafkaRefusal;
import io.foreshock.runtime.kafka.security.KafkaSecurity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The bridge's Kafka clients and what they are asked at start. */
final class BridgeKafka {
  /** How long one attempt to hand over a record waits; then the bridge looks whether to stop. */
  private static final Duration SEND_ATTEMPT = Duration.ofSeconds(2);

  private final Settings settings;
  private final Map<String, String> security;

  /**
   * @throws StartRefused naming what is wrong about security
   */
  BridgeKafka(Settings settings) {
    this.settings = settings;
    this.security = KafkaSecurity.properties(settings, settings.family(KafkaOptions.CLIENT_FAMILY));
  }

  /** Properties of every Kafka client of the bridge. */
  private Properties clientProperties() {
    Properties properties = new Properties();
    properties.putAll(security);
    properties.setProperty("bootstrap.servers", settings.get(KafkaOptions.BOOTSTRAP_SERVERS));
    return properties;
  }

  /**
   * A producer that keeps order and never gives up a record that it took: what it holds is bounded
   * by what the MQTT broker sends ahead of acknowledgements.
   */
  Producer<byte[], byte[]> producer() {
    Properties properties = clientProperties();
    properties.putIfAbsent("linger.ms", "5");
    properties.putIfAbsent("compression.type", "lz4");
    properties.putIfAbsent("reconnect.backoff.max.ms", "1000");
    properties.setProperty("acks", "all");
    properties.setProperty("enable.idempotence", "true");
    properties.setProperty("delivery.timeout.ms", String.valueOf(Integer.MAX_VALUE));
    properties.setProperty("max.block.ms", String.valueOf(SEND_ATTEMPT.toMillis()));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Checks that Kafka answers and that every topic exists that the bridge may write to. A topic
   * that is missing later holds up everything, because acknowledgements go out in order.
   *
   * @throws StartRefused naming everything that is wrong
   */
  void check(Set<String> tenants) {
    Duration patience = settings.get(KafkaOptions.CHECK_TIMEOUT);
    Properties properties = clientProperties();
    properties.put("default.api.timeout.ms", (int) patience.toMillis());
    properties.put("request.timeout.ms", (int) Math.min(patience.toMillis(), 30_000));
    Set<String> topics = new TreeSet<>();
    for (String tenant : tenants) {
      topics.add(TenantTopic.RAW.of(tenant));
      topics.add(TenantTopic.DEAD_LETTERS.of(tenant));
    }
    try (Admin admin = Admin.create(properties)) {
      List<String> problems = missing(admin, topics, patience);
      if (!problems.isEmpty()) {
        throw new StartRefused(problems);
      }
    } catch (KafkaException e) {
      throw new StartRefused(
          List.of("Kafka's client does not take the configuration: " + innermost(e) + '.'), e);
    }
  }

  private List<String> missing(Admin admin, Set<String> topics, Duration patience) {
    List<String> missing = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        new TreeMap<>(admin.describeTopics(topics).topicNameValues());
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : answers.entrySet()) {
      try {
        topic.getValue().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          missing.add(
              "Topic \""
                  + topic.getKey()
                  + "\" does not exist. Create it before the bridge starts.");
        } else if (e.getCause() instanceof AuthorizationException) {
          missing.add(
              "The bridge may not see topic \""
                  + topic.getKey()
                  + "\". It needs DESCRIBE and WRITE on it.");
        } else {
          throw noAnswer(e.getCause());
        }
      } catch (TimeoutException e) {
        throw noAnswer(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartRefused(List.of("Interrupted while Kafka was asked."), e);
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
